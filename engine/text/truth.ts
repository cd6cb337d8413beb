// Which values count as true in a manifest.
import { isJsonObject, isLosslessNumber } from './json.ts';

/** False for what Python takes for false: None, 0, and whatever is empty. */
export function isTruthy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  if (isLosslessNumber(value)) return Number(value.value) !== 0;
  if (isJsonObject(value) && Object.getPrototypeOf(value) === Object.prototype) return Object.keys(value).length > 0;
  return Boolean(value);
}
