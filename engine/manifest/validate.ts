// Finds every problem of a resolved manifest at once: each component against its description, every template against its place.
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { typeWords } from '../field-schema.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { isTemplateText } from '../text/template-text.ts';
import type { TemplateProblem } from '../text/template-problems.ts';
import { type Diagnostic, uniqueDiagnostics } from './diagnostic.ts';
import { type ComponentDescription, type Language, notYet, type SchemaError } from './language.ts';
import { type Origins, placeInText, placeOf, pointerTo } from './origins.ts';
import { didYouMean } from './suggest.ts';
import { fieldsOf, type FoundComponent, heldBy, visitTemplates } from './walk.ts';

export interface Validation {
  readonly tree: unknown;
  readonly origins: Origins;
  readonly language: Language;
  /** Path of the manifest, beside which files are looked for. */
  readonly manifestPath: string;
}

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');
const article = (word: string): string => (/^[aeiou]/i.test(word) ? `an ${word}` : `a ${word}`).replaceAll('_', ' ');

/** What a value is, in the words of YAML users. */
function shapeOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? `the text "${value.slice(0, 40)}"` : `the number ${JSON.stringify(value)}`;
}

/** The fields that are known at a place inside a component: its own, or those of a group. */
function fieldsAt(fields: ComponentDescription['fields'], instancePath: string): ComponentDescription['fields'] {
  const keys = instancePath.split('/').slice(1);
  return keys.reduce((known, key) => known[key]?.properties ?? {}, fields);
}

export interface Validated {
  readonly diagnostics: Diagnostic[];
  /** Every component of a kind that its place takes, holders first; one that a definition describes once. */
  readonly components: readonly FoundComponent[];
}

export function validateTree({ tree, origins, language, manifestPath }: Validation): Validated {
  const diagnostics: Diagnostic[] = [];
  const streamNames = streamNamesOf(tree);

  function report(
    code: string,
    pointer: string,
    of: 'key' | 'value',
    message: string,
    hint?: string,
    severity: Diagnostic['severity'] = 'error',
  ): void {
    diagnostics.push({ code, severity, message, hint, ...placeOf(origins, pointer, of) });
  }

  const typesOf = (kind: string): string[] =>
    [...language.components.values()].filter((other) => other.kind === kind).map(({ type }) => type);

  /** The description of the component at a place; undefined, with a diagnostic, when there is none. */
  function describe(node: unknown, pointer: string, kind: string): ComponentDescription | undefined {
    if (!isJsonObject(node)) {
      // A reference that leads nowhere has been reported where it stands.
      if (node !== undefined)
        report('wrong-type', pointer, 'value', `${shapeOf(node)} stands where ${article(kind)} has to be described`);
      return undefined;
    }
    const { type } = node;
    if (typeof type !== 'string') {
      report('missing-type', pointer, 'value', `${article(kind)} needs a type: one of ${quoted(typesOf(kind))}`);
      return undefined;
    }
    const description = language.components.get(type);
    if (description?.kind === kind) return description;
    const names = typesOf(kind);
    const at = origins.has(pointerTo(pointer, 'type')) ? pointerTo(pointer, 'type') : pointer;
    if (description) {
      report('wrong-kind', at, 'value', `"${type}" is ${article(description.kind)}, not ${article(kind)}`);
    } else if (Object.values(notYet).flat().includes(type)) {
      report('not-supported', at, 'value', `"${type}" is not supported yet`);
    } else if (type.startsWith('Custom')) {
      report('not-supported', at, 'value', `"${type}" needs Python code and cannot run here`);
    } else {
      report(
        'unknown-type',
        at,
        'value',
        `there is no ${kind.replaceAll('_', ' ')} "${type}"`,
        didYouMean(type, names) ?? (names.length > 0 ? `There is ${quoted(names)}.` : undefined),
      );
    }
    return undefined;
  }

  function reportSchemaError(
    error: SchemaError,
    pointer: string,
    description: ComponentDescription,
    node: JsonObject,
  ): void {
    const at = pointer + error.instancePath;
    const name =
      error.instancePath === ''
        ? description.type
        : `${description.type}.${error.instancePath.slice(1).replaceAll('/', '.')}`;
    const value = error.instancePath
      .split('/')
      .slice(1)
      .reduce<unknown>((parent, key) => (parent as JsonObject)[key], node);
    switch (error.keyword) {
      case 'required': {
        const field = String(error.params['missingProperty']);
        // A field that is written, but whose reference leads nowhere, has been reported where the reference stands.
        if (!isJsonObject(value) || !(field in value))
          report('missing-field', at, 'value', `${name} needs the field "${field}"`);
        return;
      }
      case 'additionalProperties': {
        const field = String(error.params['additionalProperty']);
        const names = Object.keys(fieldsAt(description.fields, error.instancePath));
        if (description.notYet?.includes(field)) {
          report('not-supported', pointerTo(at, field), 'key', `the field "${field}" of ${name} is not supported yet`);
          return;
        }
        const hint = didYouMean(field, names);
        const code = hint === undefined ? 'unknown-field' : 'misspelt-field';
        report(code, pointerTo(at, field), 'key', `unknown field "${field}" in ${name}`, hint, 'warning');
        return;
      }
      case 'enum': {
        const allowed = (error.params['allowedValues'] as unknown[]).map(String);
        report(
          'wrong-value',
          at,
          'value',
          `${name} is ${shapeOf(value)}, but has to be one of ${quoted(allowed)}`,
          didYouMean(String(value), allowed),
        );
        return;
      }
      case 'type': {
        const types = [error.params['type']].flat().map((type) => typeWords[String(type)] ?? String(type));
        const isStream = description.fields[error.instancePath.slice(1)]?.['x-slot']?.kind === 'stream';
        const hint =
          isStream && streamNames.includes(String(value)) ? 'Refer to it with $ref: a name is not enough.' : undefined;
        report('wrong-type', at, 'value', `${name} is ${shapeOf(value)}, but has to be ${types.join(' or ')}`, hint);
        return;
      }
      default:
        report('wrong-value', at, 'value', `${name} ${error.message ?? 'is wrong'}`);
    }
  }

  /** The same template stands at many places once the references are resolved. */
  const templates = new Map<readonly string[], Map<string, readonly TemplateProblem[]>>();

  function problemsOf(text: string, variables: readonly string[]): readonly TemplateProblem[] {
    const known = templates.get(variables) ?? new Map<string, readonly TemplateProblem[]>();
    templates.set(variables, known);
    const problems = known.get(text) ?? language.templateProblems(text, variables);
    known.set(text, problems);
    return problems;
  }

  function checkText(text: string, variables: readonly string[], pointer: string): void {
    if (!isTemplateText(text)) return;
    for (const { code, message, word, candidates = [], line, column } of problemsOf(text, variables)) {
      const hint = word === undefined ? undefined : didYouMean(word, candidates);
      const place = placeInText(origins, pointer, text, line, column);
      diagnostics.push({ code, severity: 'error', message, hint, ...place });
    }
  }

  function checkTemplates(value: unknown, variables: readonly string[], pointer: string): void {
    if (typeof value === 'string') checkText(value, variables, pointer);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      const child = pointerTo(pointer, key);
      if (!Array.isArray(value)) checkText(key, variables, child);
      checkTemplates(item, variables, child);
    }
  }

  function checkFile(path: unknown, pointer: string): void {
    if (typeof path !== 'string' || path.includes('{{')) return;
    if (!existsSync(resolve(dirname(manifestPath), path)))
      report('missing-file', pointer, 'value', `there is no file "${path}"`);
  }

  function checkStreamNames(names: unknown, pointer: string): void {
    if (!Array.isArray(names)) return;
    names.forEach((name: unknown, index) => {
      if (typeof name !== 'string' || streamNames.includes(name)) return;
      report(
        'unknown-stream',
        pointerTo(pointer, index),
        'value',
        `there is no stream "${name}"`,
        didYouMean(name, streamNames) ?? `The streams are ${quoted(streamNames)}.`,
      );
    });
  }

  /** Definitions stand at many places, and have their problems once. */
  const validated = new Map<string, Set<unknown>>();
  const components: FoundComponent[] = [];

  function validateComponent(node: unknown, pointer: string, kind: string): void {
    const known = validated.get(kind) ?? new Set();
    validated.set(kind, known);
    if (known.has(node)) return;
    if (isJsonObject(node)) known.add(node);
    const description = describe(node, pointer, kind);
    if (!description) return;
    const component = node as JsonObject;
    components.push({ description, node: component, pointer });
    const validator = language.validators[description.type];
    if (validator && !validator(component)) {
      for (const error of validator.errors ?? []) reportSchemaError(error, pointer, description, component);
    }
    for (const { key, schema } of fieldsOf(component, description)) {
      const child = pointerTo(pointer, key);
      visitTemplates(component[key], schema, child, ({ variables, isFile }, value, at) => {
        checkTemplates(value, variables, at);
        if (isFile) checkFile(value, at);
      });
      if (schema['x-stream-names']) checkStreamNames(component[key], child);
      for (const held of heldBy(component, key, schema, child)) {
        // What stands alone in its field has been looked at with the field.
        if (isJsonObject(held.node) || held.pointer !== child)
          validateComponent(held.node, held.pointer, held.slot.kind);
      }
    }
  }

  if (tree === null) report('empty', '', 'value', 'this file is empty; a manifest says its version, check and streams');
  else validateComponent(tree, '', 'source');
  return { diagnostics: uniqueDiagnostics(diagnostics), components };
}

function streamNamesOf(tree: unknown): string[] {
  const streams = isJsonObject(tree) ? tree['streams'] : undefined;
  return Array.isArray(streams) ? streams.filter(isJsonObject).map((stream) => String(stream['name'])) : [];
}
