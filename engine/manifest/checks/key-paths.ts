// JSONPath where a list of keys belongs: such a path matches nothing.
import { pointerTo } from '../origins.ts';
import type { Check } from './check.ts';

/** `field_path`, `session_token_path`, `field_pointers`, `path` of a list. */
const isPathField = (key: string): boolean => /(^|_)(path|paths|pointers)$/.test(key);

function* keysIn(value: unknown, pointer: string): Generator<{ key: string; pointer: string }> {
  if (typeof value === 'string') yield { key: value, pointer };
  if (!Array.isArray(value)) return;
  for (const [index, item] of value.entries()) yield* keysIn(item, pointerTo(pointer, index));
}

function messageFor(key: string): string | undefined {
  if (/\[\s*[?(]/.test(key)) return `"${key}" is a filter of JSONPath, which is never evaluated`;
  if (/^\$($|[.[])|\[(\d+|\*|'[^']*')\]|\.\./.test(key)) return `"${key}" is JSONPath; a path is a list of keys`;
  return undefined;
}

export const keyPaths: Check = {
  problems: {
    'json-path': {
      severity: 'error',
      summary: 'JSONPath stands where a list of keys belongs.',
      help: 'A path is a list of keys, with "*" for every child and "**" for every depth; it finds nothing here. To choose among records use record_filter.',
    },
  },
  *find({ components, placeOf }) {
    for (const { node, pointer } of components) {
      for (const field of Object.keys(node)) {
        const value = node[field];
        if (!Array.isArray(value) || !isPathField(field)) continue;
        for (const { key, pointer: at } of keysIn(value, pointerTo(pointer, field))) {
          const message = key.includes('{{') ? undefined : messageFor(key);
          if (message === undefined) continue;
          const hint = message.includes('filter')
            ? 'Choose records with record_filter.'
            : 'Write the keys one by one; "*" is every child, "**" every depth.';
          yield { code: 'json-path', place: placeOf(at), message, hint };
        }
      }
    }
  },
};
