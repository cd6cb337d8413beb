// Runs the cases of stream tests: given these replies, are these the requests and these the records?
import { dirname, resolve } from 'node:path';
import { asEngineError, ConfigError } from '../errors.ts';
import type { Place } from '../manifest/diagnostic.ts';
import { didYouMean } from '../manifest/suggest.ts';
import type { Manifest } from '../source.ts';
import type { JsonObject } from '../text/json.ts';
import { differencesOf, discoveryDifferences } from './differences.ts';
import { fakeServer, repliesOf } from './fake-server.ts';
import type { LoadedTests } from './load-tests.ts';
import { createRecordings } from './recordings.ts';
import { discoverStream, readStream, schemasOf } from './read-stream.ts';
import type { TestCase } from './test-file.ts';

/** A case that can be run. */
export interface RunnableCase {
  readonly stream: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly place: Place;
  /** Runs it. Returns how what happened differs from what is expected: nothing when the case holds. */
  run(): Promise<string[]>;
}

/** A moment for cases that do not say theirs. */
const NOON = '2026-01-01T12:00:00Z';

function configOf(defaults: JsonObject, own: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries({ ...defaults, ...own }).filter(([, value]) => value !== null));
}

/** The cases of a file without diagnostics, against a manifest. */
export function casesOf(
  { path, tests, placeOfCase }: LoadedTests,
  manifest: Manifest,
  recordingOf = createRecordings(),
): RunnableCase[] {
  const { stream, config = {}, recordings, cases } = tests;
  const folder = recordings === undefined ? undefined : resolve(dirname(path), recordings);

  async function run(testCase: TestCase): Promise<string[]> {
    const schemas = await schemasOf(manifest);
    const schema = schemas.get(stream);
    if (!schema && manifest.tree['dynamic_streams'] === undefined) {
      const advice = didYouMean(stream, schemas.keys()) ?? `It has: ${[...schemas.keys()].join(', ')}.`;
      throw new ConfigError(`The manifest has no stream "${stream}". ${advice}`);
    }
    const abort = new AbortController();
    const replies = repliesOf(testCase, (name) => recordingOf(folder, name));
    const server = fakeServer(replies, testCase.requests !== undefined, (error) => abort.abort(error));
    const options = {
      manifest,
      client: server.client,
      stream,
      config: configOf(config, testCase.config ?? {}),
      syncMode: testCase.sync_mode ?? 'full_refresh',
      state: testCase.state,
      startsAt: Date.parse(testCase.now ?? NOON),
      signal: abort.signal,
    };
    if (testCase.verb === 'discover') return discoveryDifferences(testCase, server, await discoverStream(options));
    const outcome = await readStream(options);
    return differencesOf(testCase, { server, replies, outcome, schema: schema ?? {} });
  }

  return cases.map((testCase, index) => ({
    stream,
    name: testCase.name,
    tags: testCase.tags ?? [],
    place: placeOfCase(index),
    run: () => run(testCase).catch((thrown: unknown) => [asEngineError(thrown).message]),
  }));
}

/** What people read of a case that does not hold. */
export function reportOf(
  { stream, name, place: { file, line } }: RunnableCase,
  differences: readonly string[],
): string {
  return [`${file}:${line} ${stream}: ${name}`, ...differences.map((text) => text.replaceAll(/^/gm, '  '))].join('\n');
}
