// Writes connectors and streams, and says what to do next.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { type CredentialsName, newConnector as connectorText } from '../../engine/authoring/new/new-connector.ts';
import { newStream as streamFiles } from '../../engine/authoring/new/new-stream.ts';
import { shownPath } from '../../engine/authoring/schema/schema-place.ts';
import { readConfig } from '../../engine/config.ts';
import { ConfigError } from '../../engine/errors.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { counted } from '../../engine/manifest/formats/format.ts';
import { createHttpClient } from '../../engine/run/client.ts';
import { wallClock } from '../../engine/run/send.ts';
import { testFormats } from '../../engine/testing/formats/formats.ts';
import { runFiles } from '../../engine/testing/run-files.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { told } from './attempt.ts';
import { packageFolder } from './package-folder.ts';
import { authorsManifest } from './authors-manifest.ts';
import { read } from './manifest.ts';
import { paint } from './terminal.ts';
import type { CommonFlags } from './verb.ts';

export interface NewConnectorFlags extends CommonFlags {
  url: string;
  auth: CredentialsName;
  title?: string;
}

export interface NewStreamFlags extends CommonFlags {
  endpoint: string;
  config?: string;
  primaryKey?: string;
  recordsAt?: string;
}

const print = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

/** Where editors find the schema of the language; undefined when that differs from machine to machine. */
function editorSchema(folder: string): string | undefined {
  const path = relative(folder, join(packageFolder, 'engine/generated/manifest.schema.json'));
  const isInstalledAbove = /^(\.\.\/)*node_modules\//.test(path);
  return isInstalledAbove || !relative(packageFolder, folder).startsWith('..') ? path : undefined;
}

export const newConnector = (
  folder: string,
  { url, auth, title }: NewConnectorFlags,
  command: Command,
): Promise<void> =>
  told(command, async () => {
    const path = join(resolve(folder), 'manifest.yaml');
    if (existsSync(path))
      throw new ConfigError(`Nothing was written, for ${shownPath(path)} is there already. Choose another name.`);
    const name = title ?? basename(dirname(path));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, connectorText({ title: name, url, auth, editorSchema: editorSchema(dirname(path)) }));
    print(
      `${shownPath(path)} is written.`,
      '',
      'Next, its first stream:',
      `  source-metabase new stream NAME --endpoint PATH --manifest ${shownPath(path)}`,
    );
    await Promise.resolve();
  });

/** What is wrong with what was written: nothing, unless this program is. */
async function problemsOf(manifestPath: string, testPath: string): Promise<string> {
  const { tree, diagnostics } = read(manifestPath);
  if (diagnostics.length > 0) return `${diagnostics.map(formatDiagnostic).join('\n')}\n`;
  const run = await runFiles([testPath], { tree: tree as JsonObject, folder: dirname(manifestPath) });
  const isHeld = run.results.every(({ differences }) => differences.length === 0);
  return isHeld ? '' : testFormats.text({ ...run, paint });
}

export const newStream = (name: string, flags: NewStreamFlags, command: Command): Promise<void> =>
  told(command, async (signal) => {
    const { endpoint, config, primaryKey, recordsAt } = flags;
    const path = resolve(authorsManifest(flags.manifest));
    const made = await streamFiles({
      manifest: read(path),
      ...{ name, endpoint, client: createHttpClient(), clock: wallClock, signal },
      primaryKey: primaryKey?.split(','),
      recordsAt: recordsAt === '.' ? [] : recordsAt?.split('.'),
      config: config === undefined ? undefined : readConfig(config),
    });
    for (const [file, text] of made.files) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const [stream = '', schema = '', test = ''] = [...made.files.keys()];
    const problems = await problemsOf(path, test);
    const of = config === undefined ? 'made up' : `of ${counted(made.recordCount, 'record')} that the server answered`;
    const named = flags.manifest === undefined ? '' : ` --manifest ${flags.manifest}`;
    print(
      `${shownPath(stream)}  the stream`,
      `${shownPath(schema)}  its schema, ${of}`,
      `${shownPath(test)}  its test, ${of}${config === undefined ? '' : ': look through it before you share it'}`,
      `${shownPath(path)}  with a line for it`,
      '',
      'Next:',
      `  source-metabase try ${name} --config ${config ?? 'config.json'}${named}`,
      `  source-metabase test ${shownPath(test)}${named}`,
    );
    if (problems === '') return;
    process.stdout.write(`\nThis is not right yet:\n${problems}`);
    process.exitCode = 1;
  });
