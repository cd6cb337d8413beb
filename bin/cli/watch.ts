// Runs something again whenever one of its files is saved. The folders are watched, not the files: many editors save by writing
// another file and renaming it, and what watches the old one would hear nothing more.
import { type FSWatcher, watch as watchFolder } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { dieBy, type StopSignal } from './signals.ts';

/** One save is several events; the run waits until there was none for so long. */
const QUIET_MS = 50;

interface WatchSettings {
  /** The files that count, asked again after every run: what was read may name others. */
  files: () => readonly string[];
  run: () => Promise<void> | void;
  signal: AbortSignal;
}

/** Runs once, then again after every save, until the signal. Never twice at once: what is saved in between gets one more run. */
export async function runAtSaves({ files, run, signal }: WatchSettings): Promise<void> {
  const folders = new Map<string, FSWatcher>();
  let watched = new Set<string>();
  let saved: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;

  function heard(folder: string, name: string | null): void {
    // Not every system tells the name.
    if (name !== null && !watched.has(resolve(folder, name))) return;
    clearTimeout(timer);
    timer = setTimeout(() => saved(), QUIET_MS);
  }

  function forget(folder: string): void {
    folders.get(folder)?.close();
    folders.delete(folder);
  }

  function follow(): void {
    watched = new Set(files().map((file) => resolve(file)));
    const wanted = new Set([...watched].map((file) => dirname(file)));
    for (const folder of folders.keys()) if (!wanted.has(folder)) forget(folder);
    for (const folder of wanted) {
      if (folders.has(folder)) continue;
      try {
        const watcher = watchFolder(folder, (_, name) => heard(folder, name));
        // A folder that is taken away is looked for again after the next run.
        folders.set(
          folder,
          watcher.on('error', () => forget(folder)),
        );
      } catch {
        // It is not there (yet): its files will be, when another save says so.
      }
    }
  }

  try {
    follow();
    while (!signal.aborted) {
      const nextSave = new Promise<void>((resolve) => {
        saved = resolve;
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await run();
      follow();
      await nextSave;
    }
  } finally {
    clearTimeout(timer);
    for (const folder of [...folders.keys()]) forget(folder);
  }
}

/** Runs once, then again at every save of any of these files, until SIGINT or SIGTERM: a run that is under way ends first. */
export async function watch(files: () => readonly string[], run: () => Promise<void> | void): Promise<never> {
  const abort = new AbortController();
  const stop = (by: StopSignal): void => abort.abort(by);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  await runAtSaves({ files, run, signal: abort.signal });
  dieBy(abort.signal.reason as StopSignal);
  // The signal is on its way.
  return new Promise<never>(() => undefined);
}
