// The JSON Schema of the manifest language (draft-07), made of the components: for editors, CI and the precompiled validators.
import { parse, stringify } from 'yaml';
import type { Component } from '../engine/components/component.ts';
import type { FieldSchema } from '../engine/field-schema.ts';
import { markdown, notesOf } from './generate/field-notes.ts';

type Schema = Record<string, unknown>;
type SlotNote = NonNullable<FieldSchema['x-slot']>;

const parameters: Schema = {
  type: 'object',
  description: 'Values for the fields and templates of this component and of those inside it.',
};

const $ref: Schema = {
  type: 'string',
  description: 'Brings the fields from elsewhere: "#/definitions/…" or the path of a file, "streams/users.yaml".',
};

const toDefinition = (name: string): Schema => ({ $ref: `#/definitions/${name}` });

function requiredOf({ fields }: Component): string[] {
  return Object.entries(fields)
    .filter(([, field]) => !('~optional' in field))
    .map(([name]) => name);
}

/** The fields as plain JSON, without typebox's hidden notes. */
export function fieldsOf({ fields }: Component): [string, FieldSchema][] {
  return Object.entries(JSON.parse(JSON.stringify(fields)) as Record<string, FieldSchema>);
}

/** Schema of one component of a resolved manifest: what it holds is only looked at from outside. */
export function componentSchema(component: Component): Schema {
  return {
    type: 'object',
    properties: { type: true, $parameters: parameters, ...Object.fromEntries(fieldsOf(component)) },
    required: requiredOf(component),
    additionalProperties: false,
  };
}

/** A value in a snippet: the letters that snippets give a meaning are escaped, and text is quoted where YAML needs it. */
function inSnippet(value: unknown): unknown {
  if (typeof value === 'string')
    return stringify(value, { lineWidth: 0 })
      .trim()
      .replaceAll(/[$}\\]/g, '\\$&');
  if (Array.isArray(value)) return value.length === 0 ? '[]' : value.map(inSnippet);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inSnippet(item)]));
}

/** What an editor offers to write in the place of a component: its first example. */
function snippetOf({ type, summary, examples: [example] }: Component): Schema[] {
  if (example === undefined) return [];
  const body = inSnippet({ type, ...(parse(example) as object | null) });
  return [{ label: type, description: summary, body }];
}

/** Before a type is written, an editor offers whole components. */
const offered = (members: readonly Component[]): Schema => ({
  if: { type: 'object', required: ['type'] },
  else: { defaultSnippets: members.flatMap(snippetOf) },
});

/** What stands where any of these components may stand: its `type` says which one it is. */
function anyOfThem(members: readonly Component[]): Schema {
  return {
    type: 'object',
    properties: {
      type: {
        type: 'string',
        enum: members.map(({ type }) => type),
        markdownEnumDescriptions: members.map(({ summary }) => markdown(summary)),
      },
      $ref,
      $parameters: parameters,
    },
    allOf: members.map(({ type }) => ({
      if: { type: 'object', properties: { type: { const: type } }, required: ['type'] },
      then: toDefinition(type),
    })),
  };
}

/** A place for a component of a kind. One without a default type has to say its own, or refer to one that does. */
function slotSchema({ kind, defaultType }: SlotNote, components: readonly Component[]): Schema {
  const members = components.filter((component) => component.kind === kind);
  // A kind without a component yet: nothing can stand there.
  if (members.length === 0) return { not: {} };
  if (members.length === 1 && defaultType !== undefined) {
    return { allOf: [toDefinition(defaultType), offered(members)] };
  }
  const saysItsType =
    defaultType === undefined
      ? { if: { required: ['$ref'] }, else: { required: ['type'] } }
      : { if: { anyOf: [{ required: ['type'] }, { required: ['$ref'] }] }, else: toDefinition(defaultType) };
  return { allOf: [toDefinition(kind), saysItsType] };
}

function shapeSchema(slot: SlotNote, isAlsoText: boolean, components: readonly Component[]): Schema {
  const one = slotSchema(slot, components);
  // The list itself, or where it stands.
  const many = {
    anyOf: [
      { type: 'array', items: one },
      { type: 'object', properties: { $ref }, required: ['$ref'] },
    ],
  };
  const shapes: Record<SlotNote['shape'], Schema> = {
    one: { type: 'object', ...one },
    list: many,
    map: { type: 'object', additionalProperties: one },
    'one or list': { anyOf: [one, { type: 'array', items: one }] },
  };
  return isAlsoText ? { anyOf: [{ type: 'string' }, one] } : shapes[slot.shape];
}

/** A field for editors: our notes become words, and what `x-slot` says references to definitions. */
function editorField(field: FieldSchema, components: readonly Component[]): Schema {
  const { 'x-slot': slot, 'x-template': template } = field;
  const { type, properties, items, ...rest } = field;
  const described = Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith('x-')));
  const inner = Object.entries(properties ?? {}).map(([name, schema]) => [name, editorField(schema, components)]);
  return {
    ...described,
    ...notesOf(field),
    ...(slot ? shapeSchema(slot, template !== undefined, components) : type !== undefined && { type }),
    ...(properties && { properties: Object.fromEntries(inner) as Schema }),
    ...(items && { items: editorField(items, components) }),
  };
}

/** Definition of a component for editors. A `$ref` or `$parameters` may bring what is required. */
function definition(component: Component, components: readonly Component[]): Schema {
  const { type, summary } = component;
  const fields = fieldsOf(component).map(([name, field]) => [name, editorField(field, components)]);
  return {
    title: type,
    type: 'object',
    properties: {
      type: { title: type, const: type, description: summary, markdownDescription: markdown(summary) },
      $ref,
      $parameters: parameters,
      ...(Object.fromEntries(fields) as Schema),
    },
    additionalProperties: false,
    if: { anyOf: [{ required: ['$ref'] }, { required: ['$parameters'] }] },
    else: { required: requiredOf(component) },
  };
}

/** The whole language. A file is a manifest, or a component that says its type. */
export function manifestSchema(components: readonly Component[]): Schema {
  const kinds = [...new Set(components.map(({ kind }) => kind))];
  const kindSchema = (kind: string): Schema => {
    const members = components.filter((component) => component.kind === kind);
    return { ...anyOfThem(members), ...offered(members) };
  };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Declarative manifest',
    description: "Airbyte's declarative manifest language, as far as this engine interprets it.",
    allOf: [
      anyOfThem(components),
      offered(components.filter(({ kind }) => kind === 'stream')),
      { if: { required: ['type'] }, else: toDefinition('DeclarativeSource') },
    ],
    definitions: {
      ...Object.fromEntries(kinds.map((kind) => [kind, kindSchema(kind)])),
      ...Object.fromEntries(components.map((component) => [component.type, definition(component, components)])),
    },
  };
}
