// What transformations did to records: which fields they added, removed and changed, with the first example of each.
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject } from '../../text/json.ts';

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Of the first record that has it. */
  readonly before: unknown;
  readonly after: unknown;
  /** In so many records. */
  count: number;
}

/** By the path of the field. */
export type Changes = Map<string, Change>;

function* differences(before: unknown, after: unknown, path: string): Generator<[string, Omit<Change, 'count'>]> {
  if (isDeepStrictEqual(before, after)) return;
  if (!isJsonObject(before) || !isJsonObject(after)) {
    yield [path, { kind: 'changed', before, after }];
    return;
  }
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const inner = path === '' ? name : `${path}.${name}`;
    if (!Object.hasOwn(after, name)) yield [inner, { kind: 'removed', before: before[name], after: undefined }];
    else if (!Object.hasOwn(before, name)) yield [inner, { kind: 'added', before: undefined, after: after[name] }];
    else yield* differences(before[name], after[name], inner);
  }
}

/** Notes what is different in a record. */
export function noteChanges(changes: Changes, before: unknown, after: unknown): void {
  for (const [path, change] of differences(before, after, '')) {
    const known = changes.get(path);
    if (known) known.count += 1;
    else changes.set(path, { ...change, count: 1 });
  }
}
