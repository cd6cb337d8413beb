// Reads manifests that tests write, and shows their problems by the names of the files.
import { join, relative } from 'node:path';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { checkManifest } from '../../engine/manifest/check-manifest.ts';
import { readManifest, type ReadManifest } from '../../engine/manifest/read-manifest.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { language } from './component.ts';
import { withFiles } from './files.ts';

export interface Read extends Omit<ReadManifest, 'tree'> {
  tree: JsonObject;
  /** `file:line:column code` of every problem. */
  problems: string[];
  /** The problems as people see them. */
  texts: string[];
}

/** Reads the manifest of a folder; files are shown as from that folder. */
export function readIn(folder: string): Read {
  return shownFrom(folder, readManifest(join(folder, 'manifest.yaml'), language));
}

/** What `validate` says of the manifest of a folder. */
export const checkIn = (folder: string): Read =>
  shownFrom(folder, checkManifest(join(folder, 'manifest.yaml'), language));

function shownFrom(folder: string, { tree, diagnostics, ...rest }: ReadManifest): Read {
  const shown = relative('', folder);
  const shorten = (text: string): string => text.replaceAll(`${shown.startsWith('..') ? folder : shown}/`, '');
  return {
    tree: tree as JsonObject,
    diagnostics,
    ...rest,
    problems: diagnostics.map(({ file, line, column, code }) => `${shorten(file)}:${line}:${column} ${code}`),
    texts: diagnostics.map(formatDiagnostic).map(shorten),
  };
}

/** What `validate` says of a manifest of these files. */
export const checkFiles = (files: Record<string, string>): Read => withFiles(files, checkIn);

/** Reads a manifest of these files. */
export function readFiles(files: Record<string, string>): Read {
  return withFiles(files, readIn);
}
