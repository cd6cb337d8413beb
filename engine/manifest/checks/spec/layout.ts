// Where fields stand in the form: order, group, display_type.
import { isJsonObject } from '../../../text/json.ts';
import { pointerTo } from '../../origins.ts';
import { nameOf, specCheck } from './spec-check.ts';

export const specLayout = specCheck(
  'spec-layout',
  {
    severity: 'error',
    summary: 'order, group or display_type of the spec do not fit.',
    help: 'Each order is there once for each group of an object. group is for fields of the first level. display_type is dropdown or radio, beside oneOf.',
  },
  function* (schema) {
    const { node, pointer, property } = schema;
    const taken = new Map<string, string>();
    for (const [name, field] of Object.entries(isJsonObject(node['properties']) ? node['properties'] : {})) {
      if (!isJsonObject(field) || !('order' in field)) continue;
      const { order, group = '' } = field;
      const key = JSON.stringify([group, order]);
      const other = taken.get(key);
      if (other === undefined) taken.set(key, name);
      else
        yield {
          at: `${pointerTo(`${pointer}/properties`, name)}/order`,
          message: `"${name}" has the order ${JSON.stringify(order)}, which "${other}" has`,
        };
    }
    if (property !== undefined && typeof node['group'] === 'string' && pointer.split('/').length > 3)
      yield {
        at: `${pointer}/group`,
        of: 'key',
        message: `${nameOf(schema)} has a group, which is for fields of the first level`,
      };
    const display = node['display_type'];
    if (typeof display !== 'string') return;
    if (!('oneOf' in node))
      yield { at: `${pointer}/display_type`, of: 'key', message: `${nameOf(schema)} has a display_type without oneOf` };
    if (display !== 'dropdown' && display !== 'radio')
      yield {
        at: `${pointer}/display_type`,
        message: `display_type is "${display}", but has to be "dropdown" or "radio"`,
      };
  },
);
