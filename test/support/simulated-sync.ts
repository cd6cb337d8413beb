// Reads streams of the connector's manifest from a simulated Metabase, inside this process.
import { loadManifest } from '../../bin/cli/manifest.ts';
import type { HttpClient } from '../../engine/run/http.ts';
import { read } from '../../engine/source.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../engine/text/json.ts';
import { createMetabase, type Metabase } from '../metabase/metabase.ts';
import type { MetabaseOptions } from '../metabase/options.ts';
import { linesOf } from './run.ts';
import { ownManifest } from '../../bin/cli/package-folder.ts';

export interface StreamNode {
  name: string;
  availability?: { needs: string };
}

/** What came out of one stream. */
export interface Outcome {
  records: unknown[];
  status: string;
  errors: { failure_type: string; message: string }[];
}

export const manifest = loadManifest(ownManifest);
export const streams = manifest.tree['streams'] as StreamNode[];

/** Who reads which Metabase. */
export interface Reading {
  who: string;
  credentials: object;
  options: MetabaseOptions;
}

const { admin, reader, adminApiKey, plainApiKey } = createMetabase({ size: 'empty' }).credentials;

export const readings: Reading[] = [
  { who: 'administrator of 0.58', credentials: admin, options: {} },
  { who: 'plain user of 0.58', credentials: reader, options: {} },
  { who: "administrator's API key of 0.58", credentials: { api_key: adminApiKey }, options: {} },
  { who: "plain user's API key of 0.58", credentials: { api_key: plainApiKey }, options: {} },
  { who: 'administrator of 0.58, Pro edition', credentials: admin, options: { edition: 'pro' } },
  // API keys came with 0.49.
  { who: 'administrator of 0.43', credentials: admin, options: { version: '0.43' } },
  { who: 'plain user of 0.43', credentials: reader, options: { version: '0.43' } },
];

/** A client that asks a simulated Metabase, without a network. */
export const clientOf =
  ({ handle }: Metabase): HttpClient =>
  (url, { method, headers, body, signal }) =>
    handle(new Request(url, { method, headers, ...(body !== undefined && { body }), ...(signal && { signal }) }));

const at = (value: unknown, key: string): JsonObject =>
  isJsonObject(value) && isJsonObject(value[key]) ? value[key] : {};

/** Reads the streams of these names in one sync. A stream that is incomplete makes it throw, after all are through. */
export async function sync(
  metabase: Metabase,
  credentials: object,
  asked: readonly string[],
): Promise<Map<string, Outcome>> {
  const config = { instance_api_url: 'http://127.0.0.1', ...credentials };
  const catalog = { streams: asked.map((name) => ({ stream: { name }, sync_mode: 'full_refresh' })) };
  const verb = (engine: Parameters<typeof read>[0]) => read(engine, config, catalog).catch(() => undefined);
  const outcomes = new Map<string, Outcome>(asked.map((name) => [name, { records: [], status: 'none', errors: [] }]));
  for (const line of await linesOf(verb, clientOf(metabase))) {
    const message = parseJson(line);
    const [record, trace] = [at(message, 'record'), at(message, 'trace')];
    outcomes.get(String(record['stream']))?.records.push(record['data']);
    const [error, status] = [at(trace, 'error'), at(trace, 'stream_status')];
    outcomes.get(String(at(error, 'stream_descriptor')['name']))?.errors.push(error as Outcome['errors'][number]);
    const outcome = outcomes.get(String(at(status, 'stream_descriptor')['name']));
    if (outcome) outcome.status = String(status['status']);
  }
  return outcomes;
}
