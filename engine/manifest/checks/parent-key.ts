// Whether the field that a child stream is read by is a field of its parent.
import { isJsonObject } from '../../text/json.ts';
import { didYouMean } from '../suggest.ts';
import type { Check } from './check.ts';

export const parentKey: Check = {
  problems: {
    'parent-key': {
      severity: 'warning',
      summary: 'The parent_key of a child stream is not in the schema of its parent.',
      help: 'Where the records of the parent do not have the field, the child is not read at all.',
    },
  },
  *find({ components, streams, placeOf }) {
    for (const { description, node, pointer } of components) {
      const { stream: parent, parent_key: key } = node;
      if (description.kind !== 'parent' || !isJsonObject(parent) || typeof key !== 'string' || key.includes('{{'))
        continue;
      const schemas = streams.find(({ name }) => name === parent['name'])?.schemas ?? [];
      const known = schemas.flatMap(({ schema }) =>
        isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [],
      );
      const [first = ''] = key.split('/');
      if (known.length === 0 || known.includes(first)) continue;
      yield {
        code: 'parent-key',
        place: placeOf(`${pointer}/parent_key`),
        message: `the parent stream "${String(parent['name'])}" has no field "${first}" in its schema`,
        hint: didYouMean(first, known),
      };
    }
  },
};
