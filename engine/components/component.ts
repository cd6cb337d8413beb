// The one shape that every component has, and the words to describe its fields with. From the fields come the static types,
// the JSON Schema, the validator, the reference page and the "did you mean" list.
import { type Static, type TObject, type TOptional, type TSchema, type TUnsafe, Type } from 'typebox';
import type { Template } from '../text/template.ts';
import type { Kind, Kinds, Slot } from './kinds.ts';
import type { Scope } from './scope.ts';

export type Fields = Record<string, TSchema>;

export interface Component<K extends Kind = Kind, F extends Fields = Fields> {
  readonly kind: K;
  /** The name that `type:` of the manifest gives. */
  readonly type: string;
  /** One sentence for the reference page and for editors. */
  readonly summary: string;
  readonly fields: F;
  /** YAML of the component's fields; each is validated in tests. */
  readonly examples: readonly string[];
  /** Fields of the language that are not supported yet. */
  readonly notYet?: readonly string[];
  /** Makes the working thing. Everything the fields say has been validated. */
  build(fields: Static<TObject<F>>, scope: Scope): Kinds[K];
}

/** Declares a component; there to infer the types of `build` from `fields`. */
export function component<K extends Kind, F extends Fields>(definition: Component<K, F>): Component<K, F> {
  return definition;
}

/** What every field says about itself. */
export interface FieldOptions {
  description: string;
  default?: unknown;
  examples?: readonly unknown[];
  /** Of a field that the reference engine does not know: what is otherwise without it. */
  extension?: Extension;
}

/** `without` is a sentence without its full stop. */
export interface Extension {
  without: string;
  /** Whether good replies give other records without it; left out, only what happens around them differs. */
  changesRecords?: boolean;
  /** Whether the component is there for its sake only, and is left out together with it. */
  ownsComponent?: boolean;
}

const annotated = ({ extension, ...options }: FieldOptions): object => ({
  ...options,
  ...(extension && { 'x-extension': extension }),
});

export interface TemplateOptions extends FieldOptions {
  /** Variables that a template here has besides `config` and `parameters`. */
  variables?: readonly string[];
  /** JSON types that are accepted besides text. */
  also?: readonly ('number' | 'boolean' | 'object' | 'array')[];
  /** True when the text, if it is no template, is the path of a file beside the manifest that must exist. */
  isFile?: boolean;
}

/** Text that may be a template, or a structure whose keys and texts are; `build` gets it compiled. */
export function template({ variables = [], also = [], isFile, ...options }: TemplateOptions): TUnsafe<Template> {
  const types = ['string', ...also];
  return Type.Unsafe<Template>({
    type: also.length === 0 ? 'string' : types,
    'x-template': { variables: ['config', 'parameters', ...variables], isFile: isFile === true },
    ...annotated(options),
  });
}

export interface SlotOptions extends FieldOptions {
  /** The type of a component that does not say its own. */
  defaultType?: string;
}

type SlotShape = 'one' | 'list' | 'map' | 'one or list';

function slotOf<T>(kind: Kind, shape: SlotShape, { defaultType, ...options }: SlotOptions): TUnsafe<T> {
  const type = { one: 'object', list: 'array', map: 'object', 'one or list': ['object', 'array'] }[shape];
  return Type.Unsafe<T>({ type, 'x-slot': { kind, shape, defaultType }, ...annotated(options) });
}

export const slot = <K extends Kind>(kind: K, options: SlotOptions): TUnsafe<Slot<K>> => slotOf(kind, 'one', options);
export const slots = <K extends Kind>(kind: K, options: SlotOptions): TUnsafe<Slot<K>[]> =>
  slotOf(kind, 'list', options);
export const slotMap = <K extends Kind>(kind: K, options: SlotOptions): TUnsafe<Record<string, Slot<K>>> =>
  slotOf(kind, 'map', options);
export const slotOrSlots = <K extends Kind>(kind: K, options: SlotOptions): TUnsafe<Slot<K> | Slot<K>[]> =>
  slotOf(kind, 'one or list', options);

/** A component, or the template of what it would give. */
export const slotOrTemplate = <K extends Kind>(kind: K, options: SlotOptions): TUnsafe<Slot<K> | Template> =>
  Type.Unsafe({
    ...slotOf(kind, 'one', options),
    type: ['object', 'string'],
    'x-template': { variables: ['config', 'parameters'], isFile: false },
  });

export const text = (options: FieldOptions): TUnsafe<string> => Type.Unsafe({ type: 'string', ...annotated(options) });
/** The name of a stream of the manifest. */
export const streamNames = (options: FieldOptions): TUnsafe<string[]> =>
  Type.Unsafe({ type: 'array', items: { type: 'string' }, 'x-stream-names': true, ...annotated(options) });
export const boolean = (options: FieldOptions): TUnsafe<boolean> =>
  Type.Unsafe({ type: 'boolean', ...annotated(options) });
export const number = (options: FieldOptions & { minimum?: number; maximum?: number }): TUnsafe<number> =>
  Type.Unsafe({ type: 'number', ...annotated(options) });
export const integers = (options: FieldOptions): TUnsafe<number[]> =>
  Type.Unsafe({ type: 'array', items: { type: 'integer' }, ...annotated(options) });
export const list = <T extends TSchema>(items: T, options: FieldOptions): TUnsafe<Static<T>[]> =>
  Type.Unsafe({ type: 'array', items, ...annotated(options) });
/** One of several words, by what each means. */
export const choice = <const T extends string>(
  meanings: Readonly<Record<T, string>>,
  options: FieldOptions,
): TUnsafe<T> =>
  Type.Unsafe({
    type: 'string',
    enum: Object.keys(meanings),
    enumDescriptions: Object.values(meanings),
    ...annotated(options),
  });
/** An object whose fields are known but which is no component. */
export const group = <F extends Fields>(fields: F, options: FieldOptions): TObject<F> =>
  Type.Object(fields, { additionalProperties: false, ...annotated(options) });
/** An object of any shape: a JSON Schema, definitions, metadata. */
export const anyObject = (options: FieldOptions): TUnsafe<Record<string, unknown>> =>
  Type.Unsafe({ type: 'object', ...annotated(options) });
/** A value of any of these JSON types. */
export const anyOf = <T>(types: readonly string[], options: FieldOptions): TUnsafe<T> =>
  Type.Unsafe({ type: types, ...annotated(options) });

export const optional = <T extends TSchema>(schema: T): TOptional<T> => Type.Optional(schema) as TOptional<T>;
