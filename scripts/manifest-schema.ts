// The JSON Schema of the manifest language (draft-07), made of the components: for editors, CI and the precompiled validators.
import type { Component } from '../engine/components/component.ts';
import type { FieldSchema } from '../engine/field-schema.ts';

type Schema = Record<string, unknown>;

const parameters: Schema = {
  type: 'object',
  description: 'Values for the fields and templates of this component and of those inside it.',
};

function requiredOf({ fields }: Component): string[] {
  return Object.entries(fields)
    .filter(([, field]) => !('~optional' in field))
    .map(([name]) => name);
}

/** The fields as plain JSON, without typebox's hidden notes. */
function fieldsOf({ fields }: Component): [string, FieldSchema][] {
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

const without = (schema: Schema, name: string): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== name));

/** Any component of a kind. One without a default type has to say its own, or refer to one that does. */
function anyOfKind(kind: string, defaultType: string | undefined, components: readonly Component[]): Schema {
  const types = components.filter((component) => component.kind === kind).map(({ type }) => type);
  const hasType = { anyOf: [{ required: ['type'] }, { required: ['$ref'] }] };
  // A kind without a component yet: nothing can stand there.
  if (types.length === 0) return { not: {} };
  return {
    anyOf: types.map((type) => {
      const reference = { $ref: `#/definitions/${type}` };
      return type === defaultType ? reference : { allOf: [reference, hasType] };
    }),
  };
}

/** A field for editors: what `x-slot` says becomes references to definitions. */
function editorField(field: FieldSchema, components: readonly Component[]): Schema {
  const { 'x-slot': slot, 'x-template': template, properties, items, ...described } = field;
  const rest = without(described, 'x-stream-names');
  if (!slot) {
    const description = `${field.description ?? ''} Templates know ${template?.variables.join(', ') ?? ''}.`;
    const inner = Object.entries(properties ?? {}).map(([name, schema]) => [name, editorField(schema, components)]);
    return {
      ...rest,
      ...(template && { description }),
      ...(properties && { properties: Object.fromEntries(inner) as Schema }),
      ...(items && { items: editorField(items, components) }),
    };
  }
  const one = anyOfKind(slot.kind, slot.defaultType, components);
  // The list itself, or where it stands.
  const many = {
    anyOf: [
      { type: 'array', items: one },
      { type: 'object', required: ['$ref'] },
    ],
  };
  const shapes: Record<typeof slot.shape, Schema> = {
    one,
    list: many,
    map: { type: 'object', additionalProperties: one },
    'one or list': { anyOf: [one, many] },
  };
  const shape = template ? { anyOf: [{ type: 'string' }, one] } : shapes[slot.shape];
  return { ...without(rest, 'type'), ...shape };
}

/** Definition of a component for editors. A `$ref` or `$parameters` may bring what is required. */
function definition(component: Component, components: readonly Component[]): Schema {
  const fields = fieldsOf(component).map(([name, field]) => [name, editorField(field, components)]);
  return {
    title: component.type,
    description: component.summary,
    type: 'object',
    properties: {
      type: { const: component.type, description: component.summary },
      $ref: {
        type: 'string',
        description: 'Brings the fields from elsewhere: "#/definitions/…" or the path of a file.',
      },
      $parameters: parameters,
      ...(Object.fromEntries(fields) as Schema),
    },
    additionalProperties: false,
    if: { anyOf: [{ required: ['$ref'] }, { required: ['$parameters'] }] },
    else: { required: requiredOf(component) },
  };
}

/** What a file of this type holds, and what it holds otherwise. */
const typed = (type: string, otherwise: Schema): Schema => ({
  if: { properties: { type: { const: type } }, required: ['type'] },
  then: { $ref: `#/definitions/${type}` },
  else: otherwise,
});

/** The whole language. The file of a stream is recognised by its type. */
export function manifestSchema(components: readonly Component[]): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Declarative manifest',
    description: "Airbyte's declarative manifest language, as far as this engine interprets it.",
    ...typed('DeclarativeStream', typed('DynamicDeclarativeStream', { $ref: '#/definitions/DeclarativeSource' })),
    definitions: Object.fromEntries(components.map((component) => [component.type, definition(component, components)])),
  };
}
