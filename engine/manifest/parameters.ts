// `$parameters` and the types that a component need not say: both flow from a component to those it holds
// (CDK manifest_component_transformer.py).
import { cloneJson } from '../text/json-edit.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { isTruthy } from '../text/python.ts';
import type { Language } from './language.ts';
import { type Origins, pointerTo } from './origins.ts';
import { heldBy } from './walk.ts';

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
    if (origin) origins.set(to, origin);
  }

  function visit(
    node: unknown,
    pointer: string,
    defaultType: string | undefined,
    inherited: JsonObject,
    inheritedFrom: ReadonlyMap<string, string>,
  ): unknown {
    if (!isJsonObject(node)) return node;
    const own = isJsonObject(node['$parameters']) ? node['$parameters'] : {};
    const parameters = areParentsFirst ? { ...own, ...inherited } : { ...inherited, ...own };
    const from = new Map(inheritedFrom);
    for (const key of Object.keys(own)) from.set(key, pointerTo(pointerTo(pointer, '$parameters'), key));
    const component: JsonObject = { ...(defaultType === undefined ? {} : { type: defaultType }), ...node };
    const description = components.get(String(component['type']));
    for (const [key, schema] of Object.entries(description?.fields ?? {})) {
      const child = pointerTo(pointer, key);
      if (!isTruthy(component[key]) && key in parameters && component[key] !== parameters[key]) {
        component[key] = cloneJson(parameters[key]);
        copyOrigins(from.get(key) ?? '', child);
      }
      // A parameter does not flow into the field it fills: it would come back for ever.
      const rest = Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== key));
      for (const held of heldBy(component, key, schema, child)) {
        held.replace(visit(held.node, held.pointer, held.slot.defaultType, rest, from));
      }
    }
    if (Object.keys(parameters).length > 0) component['$parameters'] = parameters;
    return component;
  }

  return visit(tree, '', 'DeclarativeSource', {}, new Map());
}
