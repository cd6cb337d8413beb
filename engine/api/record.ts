// A record as programs get it: the bytes that came, and their value when it is asked for.
import { parse } from 'lossless-json';
import type { Row } from '../text/row.ts';
import type { SourceRecord } from './types.ts';

const WHOLE = /^-?\d+$/;

function parseNumber(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !WHOLE.test(digits) ? number : BigInt(digits);
}

/** True when the text may hold a whole number that is not safe: 16 digits in a row. */
const LONG_NUMBER = /\d{16}/;

export function recordOf({ bytes }: Row): SourceRecord {
  return {
    bytes,
    get data() {
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
      const value = LONG_NUMBER.test(text)
        ? parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue })
        : (JSON.parse(text) as unknown);
      return value as SourceRecord['data'];
    },
  };
}
