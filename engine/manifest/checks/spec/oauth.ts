// Whether advanced_auth names fields that the spec has.
import { isJsonObject } from '../../../text/json.ts';
import { pointerTo } from '../../origins.ts';
import type { Check } from '../check.ts';

/** True when a path leads to a field, through properties and alternatives. */
function hasField(schema: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (!isJsonObject(schema)) return false;
  const { properties, oneOf = [] } = schema;
  const isHere = isJsonObject(properties) && key in properties && hasField(properties[key], rest);
  return isHere || [oneOf].flat().some((variant) => hasField(variant, [key, ...rest]));
}

/** The paths into the config that advanced_auth has, by their pointers. */
function* pathsIn(value: unknown, pointer: string): Generator<{ path: string[]; pointer: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const child = pointerTo(pointer, key);
    const isPath = key === 'predicate_key' || key === 'path_in_connector_config';
    if (isPath && Array.isArray(item)) yield { path: item.map(String), pointer: child };
    else yield* pathsIn(item, child);
  }
}

export const specOAuth: Check = {
  problems: {
    'spec-oauth': {
      severity: 'error',
      summary: 'advanced_auth names a field that the connection_specification does not have.',
      help: 'predicate_key and path_in_connector_config are paths of the config: the tokens would go nowhere.',
    },
  },
  *find({ tree, spec, placeOf }) {
    if (!spec || !isJsonObject(tree['spec'])) return;
    for (const { path, pointer } of pathsIn(tree['spec']['advanced_auth'], '/spec/advanced_auth')) {
      if (hasField(spec.schema, path)) continue;
      yield { code: 'spec-oauth', place: placeOf(pointer), message: `the spec has no field "${path.join('.')}"` };
    }
  },
};
