// What `validate` remembers from run to run, in two files beside the bundle: what the connector's own manifest needs, written when
// it is built, and what the last run needed besides. They come and go with the build that wrote them.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Memory, MemoryKind } from '../../engine/manifest/memory.ts';

type Entry = readonly [kind: MemoryKind, text: string, found: unknown];

/** What is found for texts, by kind. Whole texts are the keys: they need no hashing, whose module takes longer to load. */
type Found = Record<MemoryKind, Map<string, unknown>>;

function foundIn(entries: readonly Entry[]): Found {
  const found: Found = { document: new Map(), template: new Map(), schema: new Map() };
  for (const [kind, text, result] of entries) found[kind].set(text, result);
  return found;
}

/** Text of one byte a letter is read in a fraction of the time. */
const escaped = (letter: string): string => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

const kinds: readonly MemoryKind[] = ['document', 'template', 'schema'];

const entriesOf = (found: Found): Entry[] =>
  kinds.flatMap((kind) => [...found[kind]].map(([text, result]): Entry => [kind, text, result]));

function read(path: string): Found {
  try {
    return foundIn(JSON.parse(readFileSync(path, 'latin1')) as Entry[]);
  } catch {
    // There is none before the first run.
    return foundIn([]);
  }
}

/** The memory of the bundle in this folder. */
export function openMemory(folder: string): Memory & { save(): void } {
  const path = join(folder, 'memory-last.json');
  const [built, last] = [read(join(folder, 'memory-built.json')), read(path)];
  let used = foundIn([]);
  let isNew = false;
  return {
    known(kind, text) {
      const before = built[kind].get(text);
      if (before !== undefined) return before;
      const found = last[kind].get(text);
      if (found !== undefined) used[kind].set(text, found);
      return found;
    },
    keep(kind, text, found) {
      if (found === undefined) return;
      last[kind].set(text, found);
      used[kind].set(text, found);
      isNew = true;
    },
    save() {
      const entries = entriesOf(used);
      used = foundIn([]);
      if (!isNew) return;
      isNew = false;
      const draft = `${path}.${process.pid}`;
      try {
        writeFileSync(draft, JSON.stringify(entries).replaceAll(/[^\0-\x7f]/g, escaped));
        renameSync(draft, path);
      } catch {
        // Where the package may not be written to, the next run takes as long as this one.
      }
    },
  };
}
