// The rows of a reply that come out as records: found by a path, without the fields that a manifest removes.
import { isJsonObject, parseJson } from '../text/json.ts';
import type { PreparedReply } from './fake-server.ts';

/** The values at a path: of a list its items, `*` for every value. */
export function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return Array.isArray(value) ? value : [value];
  const isContainer = Array.isArray(value) || isJsonObject(value);
  if (key === '*') return isContainer ? Object.values(value).flatMap((inner) => valuesAt(inner, rest)) : [];
  return isJsonObject(value) && Object.hasOwn(value, key) ? valuesAt(value[key], rest) : [];
}

/** Takes a field out, of each item where the path meets a list. */
function remove(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => remove(item, [key, ...rest]));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== key || rest.length > 0);
  return Object.fromEntries(entries.map(([name, inner]) => [name, name === key ? remove(inner, rest) : inner]));
}

/** The rows that the replies of a case mark as records, in order; undefined when none is marked. */
export function markedRows(replies: readonly PreparedReply[], removed: readonly string[]): unknown[] | undefined {
  const marked = replies.filter(({ reply }) => reply.records_at !== undefined);
  if (marked.length === 0) return undefined;
  return marked.flatMap(({ reply: { records_at: path = '.' }, text }) => {
    const rows = valuesAt(parseJson(text), path === '.' ? [] : path.split('.'));
    return rows.map((row) => removed.reduce((left, field) => remove(left, field.split('.')), row));
  });
}
