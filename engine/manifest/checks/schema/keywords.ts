// Keywords of JSON Schema that Airbyte's checks refuse in the schema of a stream.
import { pointerTo } from '../../origins.ts';
import { subschemas } from '../subschemas.ts';
import type { SchemaCheck } from './schema-check.ts';

const refused: Readonly<Record<string, string>> = {
  $ref: 'Write out what it refers to.',
  allOf: 'Write the properties into one schema.',
  not: 'Say what a value is, not what it is not.',
};

export const schemaKeywords: SchemaCheck = {
  problems: {
    'schema-keyword': {
      severity: 'error',
      summary: 'The schema of a stream uses $ref, allOf, not, or additionalProperties: false.',
      help: 'Airbyte refuses them in a catalog: destinations cannot make columns of them, and fields that come later would be lost.',
    },
  },
  *find({ schema, placeOf }) {
    for (const { node, pointer } of subschemas(schema)) {
      for (const [keyword, hint] of Object.entries(refused)) {
        if (!(keyword in node)) continue;
        const message = `uses ${keyword}`;
        yield { code: 'schema-keyword', place: placeOf(pointerTo(pointer, keyword), 'key'), message, hint };
      }
      if (node['additionalProperties'] !== false) continue;
      yield {
        code: 'schema-keyword',
        place: placeOf(pointerTo(pointer, 'additionalProperties')),
        message: 'has additionalProperties: false, which loses fields that the server adds',
        hint: 'Leave it out, or write true.',
      };
    }
  },
};
