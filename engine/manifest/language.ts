// What the manifest rooms know of the language: the description of every component, and the names of those that do not exist yet.
import type { FieldSchema } from '../field-schema.ts';
import type { TemplateProblem } from '../text/template-problems.ts';

export interface ComponentDescription {
  readonly kind: string;
  readonly type: string;
  readonly summary: string;
  readonly fields: Readonly<Record<string, FieldSchema>>;
  readonly notYet?: readonly string[];
}

/** A problem that a component's validator found: where below the component, which rule, and the rule's details. */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** A precompiled validator of the fields of one component. */
export interface Validator {
  (fields: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

export interface Language {
  readonly components: ReadonlyMap<string, ComponentDescription>;
  readonly validators: Readonly<Record<string, Validator>>;
  /** What is wrong with a text as a template of a place that has these variables. */
  readonly templateProblems: (text: string, variables: readonly string[]) => readonly TemplateProblem[];
}

/** Components of the reference engine's language that do not exist here yet, by kind (airbyte-cdk 7.39.1). */
export const notYet: Readonly<Record<string, readonly string[]>> = {
  authenticator: ['OAuthAuthenticator', 'JwtAuthenticator', 'RateLimitedMultipleTokenAuthenticator'],
  check: ['CheckDynamicStream'],
  decoder: [
    'JsonItemsDecoder',
    'JsonlDecoder',
    'IterableDecoder',
    'XmlDecoder',
    'CsvDecoder',
    'GzipDecoder',
    'ZipfileDecoder',
  ],
  extractor: ['CombinedExtractor', 'ResponseToFileExtractor'],
  incremental_sync: ['IncrementingCountCursor'],
  partition_router: ['GroupingPartitionRouter', 'UnionPartitionRouter'],
  record_expander: ['RecordExpander'],
  request_body: ['RequestBodyGraphQL'],
  retriever: ['AsyncRetriever'],
  stream: ['StateDelegatingStream', 'ConditionalStreams'],
  transformation: ['KeysToLower', 'FlattenFields', 'KeysReplace'],
};
