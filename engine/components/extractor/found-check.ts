// What has to stand at a path, as the manifest says: held against what was found there.
import type { Found } from '../../text/json-rows.ts';

export interface Demands {
  readonly required?: boolean | undefined;
  readonly expect?: 'list' | 'object' | undefined;
}

/** A path as messages show it. */
export const placeOf = (path: readonly string[]): string =>
  path.length === 0 ? 'the top of the reply' : `"${path.join('.')}"`;

/** Throws SyntaxError when the manifest demands something else than was found. */
export function checkFound(found: Found, path: readonly string[], { required, expect }: Demands): void {
  if (found === 'missing' && required) throw new SyntaxError(`there is nothing at ${placeOf(path)}`);
  if (found === 'scalar' || (found === 'nothing' && (required || expect))) {
    throw new SyntaxError(`what stands at ${placeOf(path)} is no record`);
  }
  const kind = found === 'array' ? 'list' : found;
  if (expect && (kind === 'list' || kind === 'object') && kind !== expect) {
    const expected = expect === 'list' ? 'a list' : 'one object';
    throw new SyntaxError(`there is one ${kind} at ${placeOf(path)}, where the manifest expects ${expected}`);
  }
}
