// A flag that is a number of things.
import { InvalidArgumentError } from 'commander';

/** A whole number from 1 on. Throws InvalidArgumentError, which commander turns into wrong usage. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return Number(text);
}
