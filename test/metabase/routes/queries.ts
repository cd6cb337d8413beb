// Results of cards and ad-hoc queries: as recorded, else from the simulator's own tables.
import { forbidden, noSuchEndpoint, type Reply } from '../reply.ts';
import { EXCHANGES, type Exchange } from '../recordings.ts';
import type { Row } from '../row.ts';
import { rowById, type Route, type UserVisit } from '../router.ts';
import { asRecorded } from './recorded.ts';
import { formOnly, resultReply, type Query } from './results.ts';
import { usageExport } from './usage.ts';

export const queryRoutes: Route[] = [
  { method: 'POST', path: '/api/card/:id/query', access: 'user', reply: runCard },
  { method: 'POST', path: '/api/card/:id/query/:format', access: 'user', reply: runCard },
  { method: 'POST', path: '/api/dataset', access: 'user', reply: runQuery },
  { method: 'POST', path: '/api/dataset/:format', access: 'user', reply: runQuery },
];

const NATIVE_CARD_ID = 38;

function runCard(visit: UserVisit): Reply {
  const { world, params, body } = visit;
  const tail = params.format === undefined ? '' : `/${params.format}`;
  const found = rowById(visit, world.cards.byId);
  if ('refusal' in found) return found.refusal;
  if (!world.canReadCard(visit.person, found.row)) return forbidden();
  const asked = parsed(body);
  const recorded = (id: number) => among(`/api/card/${id}/query${tail}`, asked);
  const own = recorded(world.cards.recordedId(found.row));
  if (own) return asRecorded(own);
  const { dataset_query: query } = world.cards.listRow(found.row);
  const result = resultReply(visit, query as Query, params.format);
  if (result) return result;
  const chosen = recorded(NATIVE_CARD_ID);
  return chosen ? asRecorded(chosen) : noSuchEndpoint();
}

function runQuery(visit: UserVisit): Reply {
  const { world, params, path, headers, body } = visit;
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  if (world.isLegacy && params.format !== undefined && !isForm) return formOnly();
  const usage = usageExport(visit, parsed(body));
  if (usage) return usage;
  const asked = parsed(body);
  const same = sameRequest(path, asked);
  if (same) return asRecorded(same);
  const result = resultReply(visit, (params.format === undefined ? asked : asked.query) as Query, params.format);
  if (result) return result;
  const chosen = among(path, asked);
  return chosen ? asRecorded(chosen) : noSuchEndpoint();
}

const recordedAt = (path: string): Exchange[] =>
  EXCHANGES.filter(({ method, path: taken, role }) => method === 'POST' && taken === path && role === 'query');

function sameRequest(path: string, asked: Row): Exchange | undefined {
  const key = canonical(asked);
  return recordedAt(path).find(({ body }) => canonical(typeof body === 'string' ? parsed(body) : (body ?? {})) === key);
}

/** The recording of the very same request, else the first good one of that path. */
function among(path: string, asked: Row): Exchange | undefined {
  const candidates = recordedAt(path);
  return sameRequest(path, asked) ?? candidates.find(({ status }) => status < 300) ?? candidates[0];
}

/** A JSON body, or a form whose fields hold JSON. */
function parsed(body: string): Row {
  try {
    return (body === '' ? {} : JSON.parse(body)) as Row;
  } catch {
    const fields = [...new URLSearchParams(body)];
    return Object.fromEntries(fields.map(([name, value]) => [name, value === '' ? null : jsonOr(value)]));
  }
}

function jsonOr(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Order of keys does not matter, nor whether `query` is an object or its JSON. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'string' && value.startsWith('{')) return canonical(jsonOr(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${canonical(inner)}`).join(',')}}`;
}
