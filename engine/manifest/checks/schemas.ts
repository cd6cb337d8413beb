// Whether the schemas of streams, each on its own, are such as Airbyte takes. Most of them are those of the run before: one in which
// nothing was found is not looked at again.
import type { Check, Finding } from './check.ts';
import { jsonSchema } from './schema/json-schema.ts';
import { schemaKeywords } from './schema/keywords.ts';
import { schemaTypes } from './schema/types.ts';

const schemaChecks = [jsonSchema, schemaKeywords, schemaTypes];

const about =
  (what: string) =>
  (finding: Finding): Finding => ({ ...finding, message: `${what} ${finding.message}` });

export const schemas: Check = {
  problems: Object.assign({}, ...schemaChecks.map(({ problems }) => problems)) as Check['problems'],
  *find({ streams, spec, language, memory }) {
    for (const { name, schemas: found } of streams) {
      for (const schema of found) {
        if (memory?.known('schema', schema.text) === true) continue;
        const findings = schemaChecks.flatMap((check) => [...check.find(schema, language)]);
        if (findings.length === 0) memory?.keep('schema', schema.text, true);
        yield* findings.map(about(`the schema of stream "${name}"`));
      }
    }
    if (spec) yield* [...jsonSchema.find(spec, language)].map(about('the connection_specification'));
  },
};
