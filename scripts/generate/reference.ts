// docs/reference/: a page for each component, and an index of them by kind, written from what the components say of themselves.
import { stringify } from 'yaml';
import type { Component } from '../../engine/components/component.ts';
import { type FieldSchema, typeWords } from '../../engine/field-schema.ts';
import { notYet } from '../../engine/manifest/language.ts';
import { fieldsOf } from '../manifest-schema.ts';
import { markdown } from './field-notes.ts';

const NOTE = '<!-- Written by `npm run generate` from the components; do not edit. -->';

const kebab = (type: string): string => type.replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase();
const code = (text: string): string => `\`${text}\``;
const link = (type: string): string => `[${type}](${kebab(type)}.md)`;
const titleOf = (kind: string): string => kind.replaceAll('_', ' ');
const anchorOf = (kind: string): string => kind.replaceAll('_', '-');
const block = (yaml: string): string => `\`\`\`yaml\n${yaml.trim()}\n\`\`\``;

/** A field with its path inside the component: groups have fields of their own. */
interface Field {
  readonly path: string;
  readonly schema: FieldSchema;
  readonly isRequired: boolean;
}

function fieldsWithin(
  fields: Readonly<Record<string, FieldSchema>>,
  required: readonly string[],
  parent = '',
): Field[] {
  return Object.entries(fields).flatMap(([name, schema]) => {
    const path = parent + name;
    const own = { path, schema, isRequired: required.includes(name) };
    const { required: inner = [] } = schema as { required?: string[] };
    return [own, ...fieldsWithin(schema.properties ?? {}, inner, `${path}.`)];
  });
}

function allFieldsOf(component: Component): Field[] {
  const required = Object.keys(component.fields).filter((name) => !('~optional' in (component.fields[name] ?? {})));
  return fieldsWithin(Object.fromEntries(fieldsOf(component)), required);
}

function typeOf({ type, items, 'x-template': template, 'x-stream-names': areStreams }: FieldSchema): string {
  if (areStreams) return 'a list of names of streams';
  const names = [type ?? []].flat().map((name) => {
    if (name !== 'array' || items === undefined) return typeWords[name] ?? name;
    return items.type === 'array'
      ? 'a list of lists'
      : `a list of ${items.type === 'string' ? 'texts' : `${String(items.type)}s`}`;
  });
  const templated = template ?? items?.['x-template'] ?? items?.items?.['x-template'];
  const known = templated ? `; a template, which knows ${templated.variables.map(code).join(', ')}` : '';
  return names.join(' or ') + known;
}

function slotOf({ 'x-slot': slot, 'x-template': template }: FieldSchema, components: readonly Component[]): string {
  if (!slot) return '';
  const shape = {
    one: '',
    list: 'a list of: ',
    map: 'an object, each value of it: ',
    'one or list': 'one or a list of: ',
  };
  const types = components.filter(({ kind }) => kind === slot.kind).map(({ type }) => link(type));
  const default_ =
    slot.defaultType === undefined || types.length < 2 ? '' : `; ${code(slot.defaultType)} where it says no type`;
  const kind = types.length > 0 ? `[${titleOf(slot.kind)}](README.md#${anchorOf(slot.kind)})` : titleOf(slot.kind);
  const text = template ? 'text (a template, which knows `config`, `parameters`), or ' : '';
  return `${text}${shape[slot.shape]}${kind}${types.length > 0 ? `, which is ${types.join(' or ')}` : ': none is supported yet'}${default_}`;
}

/** An example as one writes it: on one line where that is short. */
function exampleOf(value: unknown): string {
  return typeof value === 'object'
    ? stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim()
    : stringify(value, { lineWidth: 0 }).trim();
}

function fieldSection({ path, schema, isRequired }: Field, components: readonly Component[]): string {
  const { description = '', default: value, examples = [], 'x-extension': extension } = schema;
  const meanings = schema.enum?.map(
    (name, index) => `  - ${code(name)}: ${markdown(schema.enumDescriptions?.[index] ?? '')}`,
  );
  const facts = [
    isRequired ? 'Required.' : `Optional${value === undefined ? '' : `; ${code(exampleOf(value))} if left out`}.`,
    schema['x-slot'] ? `Holds ${slotOf(schema, components)}.` : `Takes ${typeOf(schema)}${meanings ? ', one of' : '.'}`,
    ...(meanings ? [meanings.join('\n')] : []),
    ...(extension
      ? [`An extension, which Airbyte's own engine does not know: there, ${markdown(extension.without)}.`]
      : []),
    ...(examples.length > 0 ? [`For example ${examples.map((one) => code(exampleOf(one))).join(', ')}.`] : []),
  ];
  const list = facts.map((fact) => (fact.startsWith('  -') ? fact : `- ${fact}`)).join('\n');
  return `### ${code(path)}\n\n${markdown(description)}\n\n${list}`;
}

/** The fields of other components that may hold this one. */
function holdersOf({ kind }: Component, components: readonly Component[]): string {
  const holders = components.flatMap((holder) =>
    allFieldsOf(holder)
      .filter(({ schema }) => schema['x-slot']?.kind === kind)
      .map(({ path }) => `[${holder.type}.${path}](${kebab(holder.type)}.md#${path.replaceAll('.', '')})`),
  );
  return holders.length === 0 ? 'the manifest itself' : holders.join(', ');
}

function pageOf(component: Component, components: readonly Component[]): string {
  const { kind, type, summary, examples, notYet: unsupported = [] } = component;
  const fields = allFieldsOf(component);
  return [
    NOTE,
    `# ${type}`,
    markdown(summary),
    `Kind: [${titleOf(kind)}](README.md#${anchorOf(kind)}). Where it may stand: ${holdersOf(component, components)}.`,
    examples.length > 1 ? '## Examples' : '## Example',
    ...examples.map((example) => block(`type: ${type}\n${example === '{}' ? '' : example}`)),
    '## Fields',
    fields.length === 0
      ? `None but those that [every component has](README.md#what-every-component-may-say).`
      : `Besides those that [every component has](README.md#what-every-component-may-say):`,
    ...fields.map((field) => fieldSection(field, components)),
    ...(unsupported.length > 0
      ? [`## Not supported here yet`, `Airbyte's language has these fields too: ${unsupported.map(code).join(', ')}.`]
      : []),
  ].join('\n\n');
}

function kindSection(kind: string, components: readonly Component[]): string {
  const members = components.filter((component) => component.kind === kind);
  const lines = members.map(({ type, summary }) => `- ${link(type)}: ${markdown(summary)}`).join('\n');
  const missing = notYet[kind] ?? [];
  const others = missing.length > 0 ? `\n\nNot supported here yet: ${missing.map(code).join(', ')}.` : '';
  return `## ${titleOf(kind).replace(/^./, (letter) => letter.toUpperCase())}\n\n${lines}${others}`;
}

const HEAD = `# Reference of the manifest language

Airbyte's declarative language, as this engine interprets it, with every component it knows. The same descriptions come
up in an editor: see [editors](../editors.md). What templates may say is on [a page of its own](interpolation.md). A manifest
begins with a [DeclarativeSource](declarative-source.md), the file of a stream with a
[DeclarativeStream](declarative-stream.md).

## What every component may say

- \`type\`: which component it is. A field that has a default type does without.
- \`$ref\`: where its fields come from, \`"#/definitions/…"\` of the manifest or the path of a file beside the one it is written in. What is
  written next to it wins. That it may name a file is an extension; \`bundle\` puts the files in.
- \`$parameters\`: values for its fields and templates, and for those of all components inside it. A field that is written wins.`;

/** The pages by their paths from the root of the package. */
export function referencePages(components: readonly Component[]): Record<string, string> {
  const kinds = [...new Set(components.map(({ kind }) => kind))].sort();
  const index = [NOTE, HEAD, ...kinds.map((kind) => kindSection(kind, components))].join('\n\n');
  return {
    'docs/reference/README.md': index,
    ...Object.fromEntries(components.map((one) => [`docs/reference/${kebab(one.type)}.md`, pageOf(one, components)])),
  };
}
