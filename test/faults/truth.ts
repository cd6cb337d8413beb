// What a stream has to hold: the ids that the same simulator gives when nothing goes wrong.
import { createMetabase } from '../metabase/metabase.ts';
import { type Role, testClient } from '../metabase/test-client.ts';
import { API_KEY, type Case, READER, type StreamName } from './case.ts';

type Rows = { id: unknown }[];

/** The list that each stream's records come from, and the GETs that one reading of the stream makes. */
export const LISTS: Readonly<Record<StreamName, string>> = {
  cards: '/api/card',
  collections: '/api/collection',
  dashboards: '/api/dashboard',
  users: '/api/user',
  databases: '/api/database',
  native_query_snippets: '/api/native-query-snippet',
  instance_info: '/api/session/properties',
};

/** How many of these streams read a path. */
export function readersOf(path: string, streams: readonly StreamName[]): number {
  const isDetail = path.startsWith('/api/dashboard/');
  return streams.filter(
    (stream) =>
      LISTS[stream] === path.replace(/\/$/, '') ||
      (isDetail && stream === 'dashboards') ||
      (path === '/api/user/current' && stream === 'instance_info'),
  ).length;
}

function roleOf({ config }: Case): Role {
  if (typeof config !== 'object' || config === null) return 'admin';
  if (config['api_key'] === API_KEY) return 'adminApiKey';
  return config['username'] === READER.username ? 'reader' : 'admin';
}

/** Ids of a stream's records in their order; undefined for a stream without. */
export async function idsOf(stream: StreamName, faultCase: Case): Promise<unknown[] | undefined> {
  if (stream === 'instance_info') return undefined;
  const { body } = await testClient(createMetabase(faultCase.metabase)).get(LISTS[stream], roleOf(faultCase));
  if (typeof body !== 'object' || body === null) return [];
  const rows = Array.isArray(body) ? (body as Rows) : (body as { data: Rows }).data;
  return rows.map(({ id }) => id);
}
