// `$parameters` without effect. One that stands in a definition is used when it is in one of the places where the definition stands.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import type { Place } from '../diagnostic.ts';
import { pointerTo } from '../origins.ts';
import { fieldsOf, heldBy } from '../walk.ts';
import type { Check, CheckedManifest } from './check.ts';

interface Parameter {
  readonly value: unknown;
  readonly place: Place;
  readonly name: string;
  isUsed: boolean;
}

/** The parameters in force at a component, by name. */
type Scope = ReadonlyMap<string, Parameter>;

// `parameters.name`, `parameters['name']` and `parameters.get('name')`; none of these, and any of them may be meant.
const MENTION =
  /(?<![\w.])parameters(?:\.get\(\s*(?<quote>['"])(?<got>.*?)\k<quote>|\s*\[\s*(?<mark>['"])(?<item>.*?)\k<mark>\s*\]|\.(?<field>\w+)(?![\w\s]*\())?/g;

const use = (parameters: Iterable<Parameter | undefined>): void => {
  for (const parameter of parameters) if (parameter) parameter.isUsed = true;
};

/** The parameters that the templates of a component ask for are used, not looking into the components it holds. */
function useMentioned(value: unknown, scope: Scope, held: ReadonlySet<unknown>): void {
  if (typeof value === 'string' && value.includes('parameters') && /\{[{%]/.test(value)) {
    for (const { groups = {} } of value.matchAll(MENTION)) {
      const name = groups['got'] ?? groups['item'] ?? groups['field'];
      use(name === undefined ? scope.values() : [scope.get(name)]);
    }
  }
  if (typeof value !== 'object' || value === null || held.has(value)) return;
  for (const item of Object.values(value)) useMentioned(item, scope, held);
}

/** Whether a field may have its value from a parameter: what becomes of a whole component that way is not compared. */
const isTaken = (field: unknown, { value }: Parameter): boolean =>
  field === value || (typeof field === 'object' && typeof value === 'object');

/** Every parameter of a manifest, once for each place where it is written. */
function parametersOf({ components, language, placeOf }: CheckedManifest): Parameter[] {
  const written = new Map<string, Parameter>();
  const visited = new Set<JsonObject>();

  function scopeOf(node: JsonObject, pointer: string, inherited: Scope): Scope {
    const inForce = isJsonObject(node['$parameters']) ? node['$parameters'] : {};
    const found = Object.entries(inForce).map(([name, value]): [string, Parameter] => {
      const known = inherited.get(name);
      if (known && known.value === value) return [name, known];
      const place = placeOf(pointerTo(pointerTo(pointer, '$parameters'), name), 'key');
      const key = `${place.file}:${place.line}:${place.column}`;
      const parameter: Parameter = written.get(key) ?? { name, value, place, isUsed: false };
      written.set(key, parameter);
      return [name, parameter];
    });
    return new Map(found);
  }

  function visit(node: JsonObject, pointer: string, inherited: Scope): void {
    visited.add(node);
    const description = language.components.get(String(node['type']));
    // Nobody knows what a component of Python code does with them.
    if (!description) return use(inherited.values());
    const scope = scopeOf(node, pointer, inherited);
    const held = new Set<unknown>();
    for (const { key: field, schema } of fieldsOf(node, description)) {
      const parameter = scope.get(field);
      if (parameter && isTaken(node[field], parameter)) parameter.isUsed = true;
      for (const { node: inner, pointer: at } of heldBy(node, field, schema, pointerTo(pointer, field))) {
        if (!isJsonObject(inner)) continue;
        held.add(inner);
        visit(inner, at, scope);
      }
    }
    use((description.notYet ?? []).map((field) => scope.get(field)));
    useMentioned(node, scope, held);
  }

  // Holders come first: what they hold has been visited with them.
  for (const { node, pointer } of components) {
    if ('$parameters' in node && !visited.has(node)) visit(node, pointer, new Map());
  }
  return [...written.values()];
}

export const unusedParameters: Check = {
  problems: {
    'unused-parameter': {
      severity: 'warning',
      summary: 'A parameter in $parameters that has no effect.',
      help: 'A parameter fills a field of its name that is not written, in its component and those below, and templates there ask for it as parameters.name. Take it away, or correct its name.',
    },
  },
  *find(manifest) {
    for (const { name, place, isUsed } of parametersOf(manifest)) {
      if (isUsed) continue;
      yield {
        code: 'unused-parameter',
        place,
        message: `the parameter "${name}" has no effect: no field takes it over, and no template asks for it`,
      };
    }
  },
};
