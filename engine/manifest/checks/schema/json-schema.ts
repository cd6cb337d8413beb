// Whether the schemas of streams and of the config are JSON Schemas at all.
import { didYouMean } from '../../suggest.ts';
import type { SchemaError } from '../../language.ts';
import type { SchemaCheck } from './schema-check.ts';

const TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function phrase({ keyword, params, message = 'is wrong' }: SchemaError): string {
  if (keyword === 'enum') return `has to be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (keyword === 'type') return `has to be of the type ${[params['type']].flat().join(' or ')}`;
  return keyword === 'uniqueItems' ? 'has an item twice' : message;
}

export const jsonSchema: SchemaCheck = {
  problems: {
    'json-schema': {
      severity: 'error',
      summary: 'A schema is not valid against draft-07 of JSON Schema.',
      help: 'Destinations make tables of the schemas of streams, and the user interface a form of that of the config.',
    },
  },
  *find({ schema, placeOf }, { validators }) {
    const isSchema = validators['JsonSchema'];
    if (!isSchema || isSchema(schema)) return;
    const said = new Set<string>();
    const errors = [...(isSchema.errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
    for (const error of errors) {
      const { instancePath } = error;
      // The rules of a keyword are told several times over, the most exact ones at the longest path.
      const keyword = instancePath.replace(/\/type\/\d+$/, '/type');
      if (said.has(keyword)) continue;
      said.add(keyword);
      const path = instancePath.slice(1).replaceAll('/', '.');
      const value = instancePath
        .split('/')
        .slice(1)
        .reduce<unknown>((parent, key) => (parent as Record<string, unknown>)[key], schema);
      const isType = /\/type(\/\d+)?$/.test(instancePath) && typeof value === 'string';
      yield {
        code: 'json-schema',
        place: placeOf(instancePath),
        message: isType
          ? `is no JSON Schema: there is no type "${value}"`
          : `is no JSON Schema: ${path === '' ? 'it' : path} ${phrase(error)}`,
        hint: isType ? (didYouMean(value, TYPES) ?? `The types are ${TYPES.join(', ')}.`) : undefined,
      };
    }
  },
};
