// JSON text to values and back without losing digits: a number that a double cannot hold exactly stays a LosslessNumber.
import { LosslessNumber, parse, stringify } from 'lossless-json';

export type JsonObject = Record<string, unknown>;

/** A number whose text a double would not give back becomes a LosslessNumber. */
function parseNumber(digits: string): unknown {
  const number = Number(digits);
  return String(number) === digits ? number : new LosslessNumber(digits);
}

/** Where a number may stand that is more than a whole one of 15 digits; inside a string it may look like one, which costs time only. */
const ODD_NUMBER = /(?:^|[:,[\s])(-?(?:\d{16}|\d+[.eE])[\d.eE+-]*|-0)/;
const ODD_NUMBERS = new RegExp(ODD_NUMBER, 'g');

/** True when all numbers of a JSON text are what a double gives back. */
function isExact(text: string): boolean {
  if (text.startsWith('"') || !ODD_NUMBER.test(text)) return true;
  for (const [, digits = ''] of text.matchAll(ODD_NUMBERS)) {
    if (String(Number(digits)) !== digits) return false;
  }
  return true;
}

/** Parses JSON; throws SyntaxError. Of equal keys the last one counts, as for JSON.parse, which is many times as fast. */
export function parseJson(text: string): unknown {
  if (isExact(text)) return JSON.parse(text);
  return parse(text, null, { parseNumber, onDuplicateKey: ({ newValue }) => newValue });
}

/** Writes a value of parseJson as one line of JSON. */
export function stringifyJson(value: unknown): string {
  return stringify(value) ?? 'null';
}

/** True for a JSON object: not an array, not null, not a number that kept its digits. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}

export function isLosslessNumber(value: unknown): value is LosslessNumber {
  return value instanceof LosslessNumber;
}
