// What the checks of a spec have in common: they look at one schema of it after the other.
import type { Problem } from '../../problems.ts';
import type { Check } from '../check.ts';
import { type Subschema, subschemas } from '../subschemas.ts';

export interface SpecFinding {
  /** Pointer from the root of the connection_specification. */
  readonly at: string;
  readonly of?: 'key' | 'value';
  readonly message: string;
  readonly hint?: string | undefined;
}

/** A check with one code that looks at every schema inside the connection_specification. */
export const specCheck = (
  code: string,
  problem: Problem,
  look: (schema: Subschema) => Iterable<SpecFinding>,
): Check => ({
  problems: { [code]: problem },
  *find({ spec }) {
    if (!spec) return;
    for (const schema of subschemas(spec.schema)) {
      for (const { at, of = 'value', message, hint } of look(schema))
        yield { code, place: spec.placeOf(at, of), message, hint };
    }
  },
});

/** How a field of the form is called in a message. */
export const nameOf = ({ property, pointer }: Subschema): string => {
  if (property !== undefined) return `the field "${property}"`;
  return pointer === '' ? 'the connection_specification' : pointer.slice(1).replaceAll('/', '.');
};
