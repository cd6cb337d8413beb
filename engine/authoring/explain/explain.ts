// What a place of a manifest means: its value after `$ref` and `$parameters`, where each part of it came from, and what its fields do.
import { type FieldSchema, typeWords } from '../../field-schema.ts';
import type { Place } from '../../manifest/diagnostic.ts';
import type { ComponentDescription, Language } from '../../manifest/language.ts';
import { createLoader } from '../../manifest/load.ts';
import { placeOf, pointerTo } from '../../manifest/origins.ts';
import type { ReadManifest } from '../../manifest/read-manifest.ts';
import { resolveManifest } from '../../manifest/resolve.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { findPlace, keysOf, namesOf, valueAt } from './place.ts';

/** Where a value came from; `by` says when it is not written there as it is. */
export interface ValueOrigin extends Partial<Place> {
  readonly by?: '$parameters' | 'the default type';
}

export interface FieldNote {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  readonly default?: unknown;
  /** Names that a template here knows. */
  readonly variables?: readonly string[];
  /** What is otherwise on the reference engine, which does not know the field. */
  readonly extension?: string;
}

export interface Explanation {
  /** In words: `streams.cards.retriever`. */
  readonly path: string;
  readonly pointer: string;
  readonly place: Place;
  /** How many places use what is written there. */
  readonly uses: number;
  /** The component that it is, or that it is a part of. */
  readonly component?: { readonly type: string; readonly kind: string; readonly summary: string };
  /** The field that is asked for, when it is a part of a component. */
  readonly field?: FieldNote;
  readonly value: unknown;
  /** By the pointer of each value below, from the value itself. */
  readonly origins: Readonly<Record<string, ValueOrigin>>;
  /** The parameters that templates and components inside may use. */
  readonly parameters?: JsonObject;
  /** Of the fields that are left out, those that have a value all the same. */
  readonly defaults: JsonObject;
  /** The fields that are there. */
  readonly fields: readonly FieldNote[];
  /** The names of the fields that might be. */
  readonly otherFields: readonly string[];
}

/** The deepest component on the way to a place, and the keys from there on. */
function holderOf(
  tree: unknown,
  pointer: string,
  { components }: Language,
): { description: ComponentDescription; node: JsonObject; rest: string[] } | undefined {
  const keys = keysOf(pointer);
  for (let length = keys.length; length >= 0; length -= 1) {
    const at = keys.slice(0, length).reduce(pointerTo, '');
    const node = valueAt(tree, at);
    const description = isJsonObject(node) ? components.get(String(node['type'])) : undefined;
    if (isJsonObject(node) && description) return { description, node, rest: keys.slice(length) };
  }
  return undefined;
}

function typeOf({ type, enum: choices, 'x-slot': slot }: FieldSchema): string {
  if (choices) return choices.join(' or ');
  const kind = slot?.kind.replaceAll('_', ' ');
  if (slot && kind !== undefined)
    return { one: kind, list: `list of ${kind}`, map: `map of ${kind}`, 'one or list': `${kind}, or a list` }[
      slot.shape
    ];
  return [type ?? 'any value']
    .flat()
    .map((name) => typeWords[name] ?? name)
    .join(' or ');
}

function noteOf(name: string, schema: FieldSchema): FieldNote {
  const variables = (schema['x-template'] ?? schema.items?.['x-template'] ?? schema.items?.items?.['x-template'])
    ?.variables;
  return {
    name,
    description: schema.description ?? '',
    type: typeOf(schema),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(variables && { variables }),
    ...(schema['x-extension'] && { extension: schema['x-extension'].without }),
  };
}

/** The field that keys lead to, inside of groups too; the component's own field where they lead into a value. */
function fieldAt(fields: ComponentDescription['fields'], [key, ...rest]: readonly string[]): FieldNote | undefined {
  const schema = key === undefined ? undefined : fields[key];
  if (key === undefined || !schema) return undefined;
  return (schema.properties && fieldAt(schema.properties, rest)) ?? noteOf(key, schema);
}

/** A value without the parameters that only flow through it. */
function withoutInherited(value: unknown, pointer: string, isWritten: (pointer: string) => boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => withoutInherited(item, pointerTo(pointer, index), isWritten));
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, pointerTo(pointer, key), item] as const);
  return Object.fromEntries(
    entries
      .filter(([key, at]) => key !== '$parameters' || isWritten(at))
      .map(([key, at, item]) => [key, withoutInherited(item, at, isWritten)]),
  );
}

/** Explains a place; a text that says why it cannot, when there is none. */
export function explain(path: string, manifest: ReadManifest, language: Language): Explanation | { problem: string } {
  const { tree, origins, sources } = manifest;
  const [root] = sources;
  if (!root) return { problem: 'the manifest cannot be read' };
  const found = findPlace(path, manifest);
  if ('problem' in found) return found;
  const { pointer, uses } = found;
  const written = resolveManifest(root, createLoader()).tree;
  const isWritten = (at: string): boolean => valueAt(written, at) !== undefined;
  const value = withoutInherited(valueAt(tree, pointer), pointer, isWritten);

  const originsBelow: Record<string, ValueOrigin> = {};
  function collect(part: unknown, below: string): void {
    const at = pointer + below;
    const isFilled = !isWritten(at) || (typeof part !== 'object' && valueAt(written, at) !== part);
    const isType = isFilled && below.endsWith('/type');
    originsBelow[below] = {
      ...(isType ? {} : placeOf(origins, at, 'key')),
      ...(isFilled && { by: isType ? ('the default type' as const) : ('$parameters' as const) }),
    };
    if (typeof part !== 'object' || part === null) return;
    for (const [key, item] of Object.entries(part)) collect(item, pointerTo(below, key));
  }
  collect(value, '');

  const holder = holderOf(tree, pointer, language);
  const { description, node } = holder ?? {};
  const isComponent = holder?.rest.length === 0;
  const fields = Object.entries(description?.fields ?? {});
  const [there, others] = [
    fields.filter(([name]) => node && name in node),
    fields.filter(([name]) => !node || !(name in node)),
  ];
  const field = holder && !isComponent ? fieldAt(holder.description.fields, holder.rest) : undefined;
  const parameters = isComponent ? node?.['$parameters'] : undefined;
  return {
    path: namesOf(tree, pointer),
    pointer,
    place: placeOf(origins, pointer, 'key'),
    uses,
    ...(description && { component: { type: description.type, kind: description.kind, summary: description.summary } }),
    ...(field && { field }),
    value,
    origins: originsBelow,
    ...(isJsonObject(parameters) && { parameters }),
    defaults: isComponent
      ? Object.fromEntries(
          others.flatMap(([name, schema]) => (schema.default === undefined ? [] : [[name, schema.default]])),
        )
      : {},
    fields: isComponent ? there.map(([name, schema]) => noteOf(name, schema)) : [],
    otherFields: isComponent ? others.map(([name]) => name) : [],
  };
}
