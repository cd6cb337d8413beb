// The one shape of a check that needs no more than one JSON Schema.
import type { Language } from '../../language.ts';
import type { Check, Finding, FoundSchema } from '../check.ts';

export interface SchemaCheck extends Pick<Check, 'problems'> {
  /** Messages begin after the name of the schema: "uses $ref". */
  find(schema: FoundSchema, language: Pick<Language, 'validators'>): Iterable<Finding>;
}
