// Endpoints that are not modelled answer as they were recorded, by role, path and query; the paged ones still page.
import { pageOf, pageRows } from '../paging.ts';
import { forbidden, json, noSuchEndpoint, notFound, unauthenticated, type Reply } from '../reply.ts';
import { bodyText, EXCHANGES, type Exchange } from '../recordings.ts';
import type { Row } from '../row.ts';
import type { Visit } from '../router.ts';

const OPEN_PREFIXES = ['api/public/', 'livez', 'readyz'];
const SUPERUSER_ONLY =
  /^\/api\/(permissions|setting|task|api-key|cache|logger|analytics|persist|(card|dashboard)\/(public|embeddable))(\/|$)/;
const ABSENT_ON_043 =
  /^\/api\/(action|api-key|notification|cache|channel|persist|glossary|model-index|document|collection\/trash|dashboard\/\d+\/items)(\/|$)/;
const KEPT_WHEN_EMPTY = ['/api/setting', '/api/task', '/api/login-history/current', '/api/user-key-value'];

type Envelope = { data: Row[]; total: number };

/** Undefined when no recording has this method and path, not even for another id. */
export function recordedReply(visit: Visit): Reply | undefined {
  const { method, path, person, world } = visit;
  const candidates = EXCHANGES.filter((one) => one.method === method && pathOf(one) === path && isSpoken(visit, one));
  const isOpen = OPEN_PREFIXES.some((prefix) => path.slice(1).startsWith(prefix));
  if (candidates.length === 0 && !isKnownPattern(method, path)) return undefined;
  if (world.isLegacy && ABSENT_ON_043.test(path)) return noSuchEndpoint();
  if (candidates.some(({ reply }) => reply === 'API endpoint does not exist.')) return noSuchEndpoint();
  if (!person && !isOpen) return unauthenticated();
  if (person && !person.isSuperuser && SUPERUSER_ONLY.test(path)) return forbidden();
  const chosen = best(visit, candidates);
  if (!chosen) return notFound();
  return world.settings.size === 'empty' ? emptied(chosen, path) : paged(visit, chosen);
}

/** The errors were recorded on 0.58; what 0.43 says instead is not known. */
function isSpoken({ world }: Visit, { status }: Exchange): boolean {
  return !world.isLegacy || status < 400;
}

function pathOf({ path }: Exchange): string {
  return path.split('?')[0] ?? path;
}

const shapeOf = (path: string): string => path.replaceAll(/\/\d+(?=\/|$)/g, '/:id');

function isKnownPattern(method: string, path: string): boolean {
  return EXCHANGES.some((one) => one.method === method && one.status === 200 && shapeOf(pathOf(one)) === shapeOf(path));
}

/** Of the asker's own role, else of one that sees more: the recording with this query, else without any. */
function best(visit: Visit, candidates: Exchange[]): Exchange | undefined {
  const asked = sorted(visit.query);
  const queryOf = (one: Exchange) => sorted(new URL(one.path, 'http://127.0.0.1').searchParams);
  for (const role of rolesOf(visit)) {
    const known = candidates.filter((one) => one.role === role);
    const chosen = known.find((one) => queryOf(one) === asked) ?? known.find((one) => queryOf(one) === '') ?? known[0];
    if (chosen) return chosen;
  }
  return undefined;
}

function rolesOf({ person }: Visit): string[] {
  const everybody = ['query', 'misc', 'admin'];
  if (!person || person.isSuperuser) return everybody;
  return person.kind === 'api-key' ? ['apikey', 'reader', ...everybody] : ['reader', ...everybody];
}

function sorted(query: URLSearchParams): string {
  return [...query]
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('&');
}

function paged({ query }: Visit, recorded: Exchange): Reply {
  const page = pageOf(query);
  const envelope = recorded.reply as Envelope | null;
  const isPaged = recorded.text === undefined && Array.isArray(envelope?.data) && 'limit' in envelope;
  if (!isPaged || recorded.path.includes('limit=') || page.limit === null) return asRecorded(recorded);
  return json({ ...envelope, data: pageRows(envelope.data, page), ...page });
}

export function asRecorded(recorded: Exchange): Reply {
  return { status: recorded.status, type: recorded.type ?? null, body: bodyText(recorded) };
}

/** A fresh instance has its settings, and nothing that people make. */
function emptied(recorded: Exchange, path: string): Reply {
  if (/\/\d+/.test(path)) return notFound();
  if (KEPT_WHEN_EMPTY.some((list) => path.startsWith(list))) return asRecorded(recorded);
  if (Array.isArray(recorded.reply)) return json([]);
  const envelope = recorded.reply as Envelope | null;
  return Array.isArray(envelope?.data) ? json({ ...envelope, data: [], total: 0 }) : asRecorded(recorded);
}
