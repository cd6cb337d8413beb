// Types, formats and airbyte_types of streams that Airbyte's destinations know what to do with.
import { pointerTo } from '../../origins.ts';
import { didYouMean } from '../../suggest.ts';
import { subschemas, typesOf } from '../subschemas.ts';
import type { SchemaCheck } from './schema-check.ts';

const FORMATS = ['date', 'date-time', 'time'];

/** What each airbyte_type may stand on. */
const AIRBYTE_TYPES: Readonly<Record<string, readonly string[]>> = {
  timestamp_with_timezone: ['string'],
  timestamp_without_timezone: ['string'],
  time_with_timezone: ['string'],
  time_without_timezone: ['string'],
  integer: ['integer', 'number'],
};

export const schemaTypes: SchemaCheck = {
  problems: {
    'schema-type': {
      severity: 'warning',
      summary: 'A type, format or airbyte_type in the schema of a stream that Airbyte does not know, or not together.',
      help: 'A destination then keeps the value as text or JSON, or fails. A record is an object.',
    },
  },
  *find({ schema, placeOf }) {
    const at = (pointer: string, message: string, hint?: string) => ({
      code: 'schema-type',
      place: placeOf(pointer),
      message,
      hint,
    });
    if (!typesOf(schema).includes('object')) yield at('/type', 'has another type than object');
    for (const { node, pointer } of subschemas(schema)) {
      const types = typesOf(node);
      const { format, airbyte_type: given } = node;
      if (typeof format === 'string' && FORMATS.includes(format) && types.length > 0 && !types.includes('string')) {
        yield at(pointerTo(pointer, 'format'), `has the format "${format}" on ${types.join(', ')}; it is for strings`);
      }
      if (given === undefined) continue;
      const airbyteType = typeof given === 'string' ? given : JSON.stringify(given);
      const allowed = AIRBYTE_TYPES[airbyteType];
      const place = pointerTo(pointer, 'airbyte_type');
      if (!allowed) {
        const known = Object.keys(AIRBYTE_TYPES);
        const hint = didYouMean(airbyteType, known) ?? `There is ${known.join(', ')}.`;
        yield at(place, `has the unknown airbyte_type "${airbyteType}"`, hint);
      } else if (types.length > 0 && !types.some((type) => allowed.includes(type))) {
        yield at(
          place,
          `has the airbyte_type "${airbyteType}" on ${types.join(', ')}; it is for ${allowed.join(', ')}`,
        );
      }
    }
  },
};
