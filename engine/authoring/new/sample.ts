// Asks an endpoint once: the server, or one that is made up.
import { dirname } from 'node:path';
import type { Clock } from '../../components/scope.ts';
import { ConfigError } from '../../errors.ts';
import type { ReadManifest } from '../../manifest/read-manifest.ts';
import type { HttpClient } from '../../run/http.ts';
import { testsBeside } from '../../testing/find-tests.ts';
import { loadTests } from '../../testing/load-tests.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { attempt } from '../trial/attempt.ts';
import type { RecordedExchange } from '../trial/recording.ts';
import { madeUpConfig, madeUpServer } from './made-up.ts';
import { wrapped } from './records-at.ts';
import { requestOf, streamOf } from './stream-node.ts';

/** What is to be known of a stream to write it. */
export interface SampleOptions {
  readonly manifest: ReadManifest;
  readonly name: string;
  /** The path that is asked, with its query. */
  readonly endpoint: string;
  /** Left out: `id`, where the records have it. */
  readonly primaryKey: readonly string[] | undefined;
  /** Left out: what the reply looks like. */
  readonly recordsAt: readonly string[] | undefined;
  /** Left out: the first test is made up. */
  readonly config: JsonObject | undefined;
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

const specOf = (tree: JsonObject): JsonObject => {
  const spec = isJsonObject(tree['spec']) ? tree['spec'] : {};
  return isJsonObject(spec['connection_specification']) ? spec['connection_specification'] : {};
};

/** The config of the tests that are there, or one that fits the specification. */
function configForTests(manifestPath: string, tree: JsonObject): JsonObject {
  for (const path of testsBeside(manifestPath)) {
    const { tests, diagnostics } = loadTests(path);
    if (diagnostics.length === 0 && tests.config) return tests.config;
  }
  return madeUpConfig(specOf(tree));
}

export interface Sample {
  /** As a test may show it: without secrets. */
  readonly config: JsonObject;
  readonly exchanges: readonly RecordedExchange[];
  /** The exchange whose reply has the records. */
  readonly main: RecordedExchange;
}

/** Asks. Throws ConfigError when there is no reply to be read. */
export async function sample(options: SampleOptions, tree: JsonObject, requester: JsonObject): Promise<Sample> {
  const { manifest, name, primaryKey = ['id'], recordsAt = [], clock, signal } = options;
  const [manifestPath = ''] = manifest.files;
  const request = requestOf(options.endpoint);
  const stream = streamOf({ name, primaryKey: [], recordsAt: [], requester: { ...requester, ...request }, schema: {} });
  const records = [1, 2].map((id) => Object.fromEntries(primaryKey.map((key) => [key, id])));
  const config = options.config ?? configForTests(manifestPath, tree);
  const { trial, recording } = await attempt({
    manifest: { tree: { ...tree, streams: [stream], dynamic_streams: [] }, folder: dirname(manifestPath) },
    ...{ stream: name, limit: Infinity, slices: 1, config, clock, signal, isDebug: false, isRecording: true },
    server: options.config ? options.client : madeUpServer(tree, String(request['path']), wrapped(records, recordsAt)),
    recording: undefined,
  });
  const index = trial.exchanges.findLastIndex(({ exchange }) => exchange.purpose === name);
  const main = recording?.exchanges[index];
  if (recording && main && !trial.error) {
    return { config: options.config ? recording.config : config, exchanges: recording.exchanges, main };
  }
  const reason = trial.error?.message ?? 'nothing was asked.';
  const advice = options.config ? '' : ' What is made up does not do here: give a config with --config.';
  throw new ConfigError(`Nothing was written, for ${options.endpoint} could not be read: ${reason}${advice}`);
}
