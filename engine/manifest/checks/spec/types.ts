// Types of fields that the form can show.
import { isJsonObject } from '../../../text/json.ts';
import { nameOf, specCheck } from './spec-check.ts';

const ITEMS = ['object', 'string', 'number', 'integer'];

export const specTypes = specCheck(
  'spec-type',
  {
    severity: 'error',
    summary: 'A field of the spec has a type that the form cannot show.',
    help: 'A field has one type, or one and then "null". An object says its properties, the items of an array are one schema of objects, text, numbers or an enum.',
  },
  function* (schema) {
    const { node, pointer, property } = schema;
    const { type, items } = node;
    if (
      property !== undefined &&
      Array.isArray(type) &&
      !(type.length === 1 || (type.length === 2 && type[1] === 'null'))
    )
      yield {
        at: `${pointer}/type`,
        message: `${nameOf(schema)} has the types ${type.join(', ')}; allowed is one, or one and then "null"`,
      };
    if (pointer !== '' && type === 'object' && !isJsonObject(node['properties']) && !Array.isArray(node['oneOf']))
      yield { at: pointer, of: 'key', message: `${nameOf(schema)} is an object without properties` };
    if (type !== 'array' || items === undefined) return;
    if (isJsonObject(items) && (ITEMS.includes(String(items['type'])) || 'enum' in items)) return;
    yield {
      at: `${pointer}/items`,
      message: `the items of ${nameOf(schema)} have to be one schema of ${ITEMS.join(', ')} or an enum`,
    };
  },
);
