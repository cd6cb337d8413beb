// Airbyte's own engine, given our manifest as `bundle` writes it: the records that it reads beside those that we read.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordExtensions, streamsOf } from '../../engine/authoring/bundle/bundle.ts';
import { language } from '../../engine/language.ts';
import { readManifest } from '../../engine/manifest/read-manifest.ts';
import { type Client, failed, passed, skipped, type Work } from './client.ts';
import { executable, isInstalled, mustRun, root, run } from './support/command.ts';
import { type Served, withSimulator } from './support/simulator.ts';

const { REFERENCE: reference = 'source-declarative-manifest' } = process.env;

type Fields = Readonly<Record<string, unknown>>;
type Message = Readonly<{
  type: string;
  record?: { stream: string; data: Fields };
  catalog?: { streams: { name: string }[] };
}>;

const messagesIn = (output: string): Message[] =>
  output.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Message] : []));

/** Values that depend on when they are asked for, and how often: streams share replies here, and not there. */
const MOVING = new Set(['next-fire-time', 'view_count', 'last_viewed_at']);

/** A record as text that is the same for equal ones. Airbyte's engine leaves out fields that are null, which ours keeps. */
function textOf(record: Fields): string {
  const sorted = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  const fields = Object.entries(record).filter(([name, value]) => value !== null && !MOVING.has(name));
  return JSON.stringify(Object.fromEntries(fields), (_key, value: unknown) => sorted(value));
}

/** The records of each stream, as texts in order. */
function recordsIn(output: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { record } of messagesIn(output)) {
    if (record) found.set(record.stream, [...(found.get(record.stream) ?? []), textOf(record.data)]);
  }
  return new Map([...found].map(([name, records]) => [name, records.toSorted()]));
}

/** Config of a user who asks for everything; with a key, since a login changes users. */
const configOf = ({ simulator }: Served): object => ({
  instance_api_url: simulator.apiUrl,
  api_key: simulator.credentials.adminApiKey,
  query_results: [{ name: 'numbers', database_id: 1, sql: 'SELECT 1 AS one' }],
});

/** Reads with one engine a Metabase that nobody has read before. */
function reading(work: Work, name: string, command: readonly string[], catalog: string): Promise<string> {
  return withSimulator(
    work,
    async (served) => {
      const config = join(work.folder, `${name}.json`);
      writeFileSync(config, JSON.stringify(configOf(served)));
      // A stream that fails makes the exit code 1; what it lacks shows in the comparison.
      const { stdout } = await run(work, [...command, '--config', config, '--catalog', catalog]);
      // Records of instance_info tell where the server is.
      return stdout.replaceAll(served.simulator.url, 'https://metabase.example.com');
    },
    { edition: 'pro' },
  );
}

async function catalogOf(work: Work): Promise<{ path: string; names: string[] }> {
  const output = await withSimulator(
    work,
    async (served) => {
      const config = join(work.folder, 'discover.json');
      writeFileSync(config, JSON.stringify(configOf(served)));
      return mustRun(work, [executable, 'discover', '--config', config]);
    },
    { edition: 'pro' },
  );
  const streams = messagesIn(output).flatMap(({ catalog }) => catalog?.streams ?? []);
  const modes = { sync_mode: 'full_refresh', destination_sync_mode: 'overwrite' };
  const path = join(work.folder, 'catalog.json');
  writeFileSync(path, JSON.stringify({ streams: streams.map((stream) => ({ stream, ...modes })) }));
  return { path, names: streams.map(({ name }) => name) };
}

/** The streams whose records depend on an extension of our engine. */
function extended(): ReadonlySet<string> {
  const { tree } = readManifest(join(root, 'manifest.yaml'), language);
  const streams = streamsOf(tree).filter((stream) => recordExtensions(stream, language).length > 0);
  return new Set(streams.map(({ name }) => name));
}

export const referenceEngine: Client = {
  name: 'reference-engine',
  shows:
    "Airbyte's own engine reads the same records from the bundled manifest, but for streams that need an extension.",
  run: async (work) => {
    if (!isInstalled(reference)) {
      return skipped(
        `"${reference}" is not there: install airbyte-cdk 7.39.1 from PyPI and name its source-declarative-manifest in REFERENCE`,
      );
    }
    const bundled = join(work.folder, 'manifest.yaml');
    await mustRun(work, [executable, 'bundle', '--out', bundled]);
    const { path, names } = await catalogOf(work);
    const ours = recordsIn(await reading(work, 'ours', [executable, 'read'], path));
    const theirs = recordsIn(await reading(work, 'theirs', [reference, 'read', '--manifest-path', bundled], path));
    const differing = names.flatMap((name) => {
      const [mine = [], other = []] = [ours.get(name), theirs.get(name)];
      const missing = mine.filter((record) => !other.includes(record));
      const isSame = mine.length === other.length && missing.length === 0;
      return isSame
        ? []
        : [{ name, text: `${name}: ${mine.length} here, ${other.length} there, ${missing.length} of ours not there` }];
    });
    const known = extended();
    const wrong = differing.filter(({ name }) => !known.has(name));
    if (wrong.length > 0) return failed(wrong.map(({ text }) => text).join('\n'));
    const counted = [...ours.values()].reduce((sum, records) => sum + records.length, 0);
    const note = differing.map(({ text }) => text).join('; ');
    return passed(
      `${counted} records of ${names.length} streams; ${note === '' ? 'all the same' : `need an extension: ${note}`}`,
    );
  },
};
