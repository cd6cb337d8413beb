// Reads manifests that tests write, and shows their problems by the names of the files.
import { join, relative } from 'node:path';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
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
  const { tree, diagnostics, files, sources, origins } = readManifest(join(folder, 'manifest.yaml'), language);
  const shown = relative('', folder);
  const shorten = (text: string): string => text.replaceAll(`${shown.startsWith('..') ? folder : shown}/`, '');
  return {
    tree: tree as JsonObject,
    diagnostics,
    files,
    sources,
    origins,
    problems: diagnostics.map(({ file, line, column, code }) => `${shorten(file)}:${line}:${column} ${code}`),
    texts: diagnostics.map(formatDiagnostic).map(shorten),
  };
}

/** Reads a manifest of these files. */
export function readFiles(files: Record<string, string>): Read {
  return withFiles(files, readIn);
}
