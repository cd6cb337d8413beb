// Files that lie beside those of the manifest, and that it does not read: a stream or a schema nobody put in.
import { readdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { displayName } from '../load.ts';
import type { Check } from './check.ts';

export const unusedFiles: Check = {
  problems: {
    'unused-file': {
      severity: 'warning',
      summary: 'A file lies among those of the manifest, and nothing refers to it.',
      help: 'A stream takes part once the list streams of the manifest refers to its file, a schema once its stream does.',
    },
  },
  *find({ sources, hasFileTemplates }) {
    const [root, ...others] = sources;
    // A path that is a template may name any of them.
    if (!root || hasFileTemplates) return;
    const known = new Set(sources.map(({ path }) => path));
    const folders = new Set(others.map(({ path }) => dirname(path)));
    folders.delete(dirname(root.path));
    for (const folder of folders) {
      const endings = new Set(others.filter(({ path }) => dirname(path) === folder).map(({ path }) => extname(path)));
      const names = readdirSync(folder).filter((name) => endings.has(extname(name)) && !known.has(join(folder, name)));
      for (const name of names.sort()) {
        const place = { file: displayName(join(folder, name)), line: 1, column: 1 };
        yield { code: 'unused-file', place, message: `nothing in ${root.name} refers to this file` };
      }
    }
  },
};
