// `$parameters` and the types that a component need not say: both flow from a component to those it holds
// (CDK manifest_component_transformer.py).
import { cloneJson } from '../text/json-edit.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { isTruthy } from '../text/truth.ts';
import type { Language } from './language.ts';
import { type Origins, pointerTo } from './origins.ts';
import { isHolder, mapHeld } from './walk.ts';

const nowhere: ReadonlyMap<string, string> = new Map();

const without = (parameters: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== key));

export interface PropagateOptions {
  /** Whether the parameters of a holder win over those of what it holds. */
  areParentsFirst?: boolean;
}

/** Fills in, below the root: missing types, fields that `$parameters` give, and the parameters in force. */
export function propagate(
  tree: unknown,
  origins: Origins,
  { components }: Pick<Language, 'components'>,
  { areParentsFirst = false }: PropagateOptions = {},
): unknown {
  /** The origins of a parameter's value are also those of the field it fills. */
  function copyOrigins(from: string, to: string): void {
    const origin = origins.get(from);
    if (!origin) return;
    copies += 1;
    origins.set(to, origin);
  }

  /** What became of nodes that inherit nothing: definitions stand at many places. */
  const known = new Map<string | undefined, WeakMap<JsonObject, JsonObject>>();
  let copies = 0;

  function visitOnce(node: JsonObject, pointer: string, defaultType: string | undefined): JsonObject {
    const results = known.get(defaultType) ?? new WeakMap<JsonObject, JsonObject>();
    known.set(defaultType, results);
    const result = results.get(node);
    if (result) return result;
    const copiesBefore = copies;
    const visited = visit(node, pointer, defaultType, {}, nowhere);
    // The origins of a field that parameters fill belong to one place.
    if (copies === copiesBefore) results.set(node, visited);
    return visited;
  }

  function visit(
    node: JsonObject,
    pointer: string,
    defaultType: string | undefined,
    inherited: JsonObject,
    inheritedFrom: ReadonlyMap<string, string>,
  ): JsonObject {
    const own = isJsonObject(node['$parameters']) ? node['$parameters'] : {};
    const parameters = areParentsFirst ? { ...own, ...inherited } : { ...inherited, ...own };
    const names = Object.keys(parameters);
    const from = new Map(inheritedFrom);
    for (const key of Object.keys(own)) from.set(key, pointerTo(pointerTo(pointer, '$parameters'), key));
    const component: JsonObject = defaultType === undefined ? { ...node } : { type: defaultType, ...node };
    const description = components.get(String(component['type']));
    const fields = description?.fields ?? {};
    for (const key of Object.keys(fields)) {
      const schema = fields[key];
      if (!schema || (component[key] === undefined && !(key in parameters))) continue;
      const child = pointerTo(pointer, key);
      if (!isTruthy(component[key]) && key in parameters && component[key] !== parameters[key]) {
        component[key] = cloneJson(parameters[key]);
        copyOrigins(from.get(key) ?? '', child);
      }
      if (component[key] === undefined || !isHolder(schema)) continue;
      // A parameter does not flow into the field it fills: it would come back for ever.
      const rest = key in parameters ? without(parameters, key) : parameters;
      const isBare = names.every((name) => name === key);
      component[key] = mapHeld(component[key], schema, child, (held) => {
        if (!isJsonObject(held.node)) return held.node;
        const { defaultType: type } = held.slot;
        return isBare ? visitOnce(held.node, held.pointer, type) : visit(held.node, held.pointer, type, rest, from);
      });
    }
    if (names.length > 0) component['$parameters'] = parameters;
    return component;
  }

  return isJsonObject(tree) ? visit(tree, '', 'DeclarativeSource', {}, nowhere) : tree;
}
