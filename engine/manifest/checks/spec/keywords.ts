// Keywords of JSON Schema that the form does not know.
import { pointerTo } from '../../origins.ts';
import { nameOf, specCheck } from './spec-check.ts';

const FORBIDDEN = [
  ...['$ref', 'not', 'anyOf', 'allOf', 'patternProperties', 'prefixItems', 'if', 'then', 'else'],
  ...['dependentSchemas', 'dependentRequired'],
];

export const specKeywords = specCheck(
  'spec-keyword',
  {
    severity: 'error',
    summary: 'The spec uses a keyword that Airbyte’s forms do not know.',
    help: 'Forms know type, properties, required, enum, const, default, items and oneOf; additionalProperties is true wherever it is set, because configs keep fields of other versions.',
  },
  function* (schema) {
    const { node, pointer } = schema;
    for (const keyword of FORBIDDEN) {
      if (!(keyword in node)) continue;
      const hint = keyword === 'anyOf' ? 'Use oneOf.' : undefined;
      yield { at: pointerTo(pointer, keyword), of: 'key', message: `${nameOf(schema)} uses ${keyword}`, hint };
    }
    if ('additionalProperties' in node && node['additionalProperties'] !== true) {
      const message = `${nameOf(schema)} has additionalProperties, which has to be true`;
      yield { at: `${pointer}/additionalProperties`, message };
    }
  },
);
