// Every recorded reply of a running Metabase that belongs to a stream goes through the connector, and all of it comes out.
import { readdirSync, readFileSync } from 'node:fs';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { read } from '../../engine/source.ts';
import { catalogOf, linesOf, recordTexts } from '../support/run.ts';

const recordings = new URL('../schemas/recordings/', import.meta.url);
const api = 'https://metabase.test/api';
const config = { instance_api_url: 'https://metabase.test', api_key: 'mb_EXAMPLE-KEY' };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

type Recorded = Record<string, unknown>;

/** How the server sends the records of each stream. */
const replies: Record<string, (records: Recorded[]) => Record<string, unknown>> = {
  cards: (records) => ({ '/card': records }),
  collections: (records) => ({ '/collection': records }),
  native_query_snippets: (records) => ({ '/native-query-snippet': records }),
  users: (records) => ({ '/user': { data: records, total: records.length, limit: null, offset: null } }),
  databases: (records) => ({ '/database': { data: records, total: records.length } }),
  dashboards: (records) => ({
    '/dashboard': records.map(({ id }) => ({ id })),
    ...Object.fromEntries(records.map((record) => [`/dashboard/${String(record['id'])}`, record])),
  }),
};

/** What the manifest takes out on purpose. */
const expected: Record<string, (record: Recorded) => Recorded> = {
  databases: (record) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'details')),
};

const cases = Object.keys(replies).flatMap((stream) =>
  readdirSync(new URL(`${stream}/`, recordings)).map((file) => ({ stream, file })),
);

test.each(cases)('all of $file comes out of $stream', async ({ stream, file }) => {
  const records = [JSON.parse(readFileSync(new URL(`${stream}/${file}`, recordings), 'utf8')) as Recorded].flat();
  const bodies = Object.entries(replies[stream]?.(records) ?? {});
  server.use(...bodies.map(([path, body]) => http.get(api + path, () => HttpResponse.json(body as object))));

  const lines = await linesOf((engine) => read(engine, config, catalogOf(stream)));

  const come = expected[stream] ?? ((record: Recorded) => record);
  expect(recordTexts(lines)).toEqual(records.map((record) => JSON.stringify(come(record))));
});
