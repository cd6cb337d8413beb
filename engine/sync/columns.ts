// The columns that a stream's schema makes, and a record cut into their cells. A cell is the JSON text as it stands in the record.
import { eachMember } from '../text/json-members.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { type ColumnType, columnTypes } from './column-types.ts';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** The last column of each table: what a record has beside the declared fields, as one JSON object. */
const UNDECLARED = '_undeclared';

function typeOf(schema: unknown): ColumnType {
  if (!isJsonObject(schema)) return columnTypes.json;
  const { type, format, airbyte_type: airbyteType } = schema;
  const types = new Set([type].flat().filter((one) => one !== 'null'));
  if (types.size === 2 && types.has('integer') && types.has('number')) return columnTypes.number;
  if (types.size !== 1) return columnTypes.json;
  if (types.has('boolean')) return columnTypes.boolean;
  if (types.has('integer')) return columnTypes.integer;
  if (types.has('number')) return columnTypes.number;
  if (!types.has('string')) return columnTypes.json;
  if (format === 'date') return columnTypes.date;
  if (format !== 'date-time') return columnTypes.text;
  return airbyteType === 'timestamp_without_timezone' ? columnTypes.timestamp : columnTypes.timestampWithZone;
}

/** A name that is not among `taken`, which holds names in lower case: databases do not tell names by case. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count += 1) free = `${name}_${count}`;
  taken.add(free.toLowerCase());
  return free;
}

export interface Columns {
  /** Those of the declared fields in their order, and the one of what is not declared. */
  readonly all: readonly Column[];
  /** The JSON text of each column; undefined where the record has none or null. */
  readonly cellsOf: (record: Uint8Array) => (string | undefined)[];
}

export function columnsOf(schema: JsonObject): Columns {
  const properties = isJsonObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const taken = new Set<string>();
  const declared = properties.map(([name, property]) => ({ name: freeName(name, taken), type: typeOf(property) }));
  const places = new Map(properties.map(([name], index) => [name, index]));
  const last = declared.length;

  return {
    all: [...declared, { name: freeName(UNDECLARED, taken), type: columnTypes.json }],
    cellsOf(record) {
      const bytes = Buffer.from(record.buffer, record.byteOffset, record.length);
      // One character for each byte: places in it are places in the bytes. Right as it is where all of it is ASCII.
      const text = bytes.toString('latin1');
      const isAscii = !/[\x80-\xff]/.test(text);
      const textAt = (from: number, to: number): string =>
        isAscii ? text.slice(from, to) : bytes.toString('utf8', from, to);
      const cells = new Array<string | undefined>(last + 1);
      const whole = new Array<string | undefined>(last);
      const undeclared: string[] = [];
      eachMember(bytes, (keyAt, keyEnd, valueAt, valueEnd) => {
        const quoted = textAt(keyAt, keyEnd);
        const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
        const place = places.get(key);
        if (place === undefined) {
          undeclared.push(textAt(keyAt, valueEnd));
          return;
        }
        // Of equal keys the last one counts, as for JSON.parse; the others are not lost.
        if (whole[place] !== undefined) undeclared.push(whole[place]);
        whole[place] = textAt(keyAt, valueEnd);
        const value = textAt(valueAt, valueEnd);
        cells[place] = value === 'null' ? undefined : value;
      });
      if (undeclared.length > 0) cells[last] = `{${undeclared.join(',')}}`;
      return cells;
    },
  };
}
