// The JSON Schema of a component's field, with the notes that the words of components/component.ts leave in it.

/** The notes that `template` and `slot` leave in the schema of a field. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  /** What each value of `enum` means. */
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly items?: FieldSchema;
  readonly 'x-template'?: { readonly variables: readonly string[]; readonly isFile: boolean };
  readonly 'x-slot'?: {
    readonly kind: string;
    readonly shape: 'one' | 'list' | 'map' | 'one or list';
    readonly defaultType?: string;
  };
  readonly 'x-stream-names'?: boolean;
  /** Of a field that the reference engine does not know: what is otherwise without it. */
  readonly 'x-extension'?: {
    readonly without: string;
    readonly changesRecords?: boolean;
    readonly ownsComponent?: boolean;
  };
}

/** The types of JSON Schema in the words of YAML users. */
export const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'an object',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};
