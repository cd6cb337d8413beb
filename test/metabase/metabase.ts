// A Metabase as a function from request to response. `serve.ts` puts it on a socket, `msw.ts` into a process.
import { uuid } from './deterministic.ts';
import { makeFaultFinder, struck, type Fault } from './faults.ts';
import { makeLoginThrottle } from './login-throttle.ts';
import { settingsFrom, type MetabaseOptions, type Settings } from './options.ts';
import { ambiguousUri, HTML_TYPE, webPage, noSuchEndpoint, type Reply } from './reply.ts';
import { counted, type LoggedRequest } from './request-log.ts';
import { makeRouter, type Counters, type Visit } from './router.ts';
import { cardRoutes } from './routes/cards.ts';
import { collectionRoutes } from './routes/collections.ts';
import { contentRoutes } from './routes/contents.ts';
import { dashboardRoutes } from './routes/dashboards.ts';
import { glossaryRoutes } from './routes/glossary.ts';
import { libraryRoutes } from './routes/libraries.ts';
import { operationRoutes } from './routes/operation.ts';
import { peopleRoutes } from './routes/people.ts';
import { queryRoutes } from './routes/queries.ts';
import { recordedReply } from './routes/recorded.ts';
import { rightsRoutes } from './routes/rights.ts';
import { revisionRoutes } from './routes/revisions.ts';
import { segmentRoutes } from './routes/segments.ts';
import { sessionRoutes } from './routes/session.ts';
import { subscriptionRoutes } from './routes/subscriptions.ts';
import { tableRoutes } from './routes/tables.ts';
import { timelineRoutes } from './routes/timelines.ts';
import { makeSessions, sessionCookie } from './sessions.ts';
import { streamOf } from './stream.ts';
import { CREDENTIALS } from './world/known-people.ts';
import { makeWorld } from './world/world.ts';

export type Metabase = {
  handle: (request: Request) => Promise<Response>;
  log: LoggedRequest[];
  faults: Fault[];
  counters: Readonly<Counters> & { readonly openSessions: number };
  credentials: typeof CREDENTIALS;
  settings: Settings;
  /** Ends every session, as a restart of the server does. */
  endSessions: () => void;
  /** Forgets sessions, failed logins, views, counts, faults and the log. */
  reset: () => void;
};

const ROUTES = [
  sessionRoutes,
  peopleRoutes,
  cardRoutes,
  dashboardRoutes,
  rightsRoutes,
  collectionRoutes,
  libraryRoutes,
  operationRoutes,
  tableRoutes,
  queryRoutes,
  revisionRoutes,
  contentRoutes,
  segmentRoutes,
  timelineRoutes,
  subscriptionRoutes,
  glossaryRoutes,
].flat();
const VERSION_HEADER = { '0.58': 'v0.58.0-SNAPSHOT', '0.43': 'v0.43.7' };
const CHUNKED_FROM_BYTES = 32 * 1024;
const TWENTY_YEARS_MS = 20 * 365.25 * 86_400_000;
const SALT_DEVICE = 700;

export function createMetabase(options: MetabaseOptions = {}): Metabase {
  const settings = settingsFrom(options);
  const faults = [...(options.faults ?? [])];
  const log: LoggedRequest[] = [];
  const counters = { logins: 0, failedLogins: 0, logouts: 0 };
  const throttle = makeLoginThrottle(settings.now);
  const route = makeRouter(ROUTES);
  let world = makeWorld(settings);
  let sessions = makeSessions(settings, world.people);
  let findFault = makeFaultFinder(faults);

  function visitOf(request: Request, url: URL, body: string): Visit {
    const { method, headers } = request;
    const asked = { method, headers, body, path: url.pathname, query: url.searchParams };
    return { ...asked, world, sessions, throttle, counters, person: sessions.personOf(headers), params: {} };
  }

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const body = await request.text();
    const path = url.pathname + url.search;
    const headers = Object.fromEntries(request.headers);
    const entry: LoggedRequest = {
      method: request.method,
      path,
      headers,
      body,
      status: null,
      bytesSent: 0,
      startedAt: settings.now(),
      endedAt: null,
    };
    log.push(entry);
    if (settings.latencyMs > 0) await settings.sleep(settings.latencyMs, request.signal);
    const truth = () => respond(answer(visitOf(request, url, body), route), request, settings, log.length);
    const fault = findFault(request.method, path);
    const response = fault ? await struck(fault, truth, { settings, signal: request.signal }) : truth();
    entry.status = response.status;
    if (!response.body) {
      entry.endedAt = settings.now();
      return response;
    }
    const watched = streamOf(counted(response.body, entry, settings.now));
    return new Response(watched, { status: response.status, headers: response.headers });
  }

  return {
    handle,
    log,
    faults,
    credentials: CREDENTIALS,
    settings,
    counters: {
      get logins() {
        return counters.logins;
      },
      get failedLogins() {
        return counters.failedLogins;
      },
      get logouts() {
        return counters.logouts;
      },
      get openSessions() {
        return sessions.openCount();
      },
    },
    endSessions: () => sessions.closeAll(),
    reset: () => {
      world = makeWorld(settings);
      sessions = makeSessions(settings, world.people);
      throttle.reset();
      Object.assign(counters, { logins: 0, failedLogins: 0, logouts: 0 });
      log.length = 0;
      faults.length = 0;
      findFault = makeFaultFinder(faults);
    },
  };
}

function answer(visit: Visit, route: (visit: Visit) => Reply | undefined): Reply {
  const { path, method } = visit;
  if (path.includes('//')) return ambiguousUri(path);
  const isProbe = path === '/livez' || path === '/readyz';
  if (path !== '/api' && !path.startsWith('/api/') && !isProbe) return webPage();
  if (method === 'HEAD') return { ...noSuchEndpoint(), body: '' };
  return route(visit) ?? recordedReply(visit) ?? noSuchEndpoint();
}

function respond(reply: Reply, request: Request, settings: Settings, turn: number): Response {
  const headers = new Headers(commonHeaders(request, settings, turn));
  if (reply.type !== null) headers.set('content-type', reply.type);
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const init = { status: reply.status, headers };
  if (reply.status === 204) return new Response(null, init);
  const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
  const isSmall = Buffer.isBuffer(body) && body.length < CHUNKED_FROM_BYTES && reply.type !== HTML_TYPE;
  const isCompressed = settings.gzip && /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '') && !isSmall;
  if (isSmall) headers.set('content-length', String(body.length));
  const stream = streamOf(Buffer.isBuffer(body) ? [body] : body);
  if (!isCompressed) return new Response(stream, init);
  headers.set('content-encoding', 'gzip');
  return new Response(stream.pipeThrough(new CompressionStream('gzip')), init);
}

function commonHeaders(request: Request, { now, seed, version }: Settings, turn: number): Record<string, string> {
  const device = `metabase.DEVICE=${uuid(seed, SALT_DEVICE, turn)}; HttpOnly; Path=/`;
  const expires = new Date(now() + TWENTY_YEARS_MS).toUTCString();
  return {
    'last-modified': new Date(now()).toUTCString(),
    'set-cookie': sessionCookie(request.headers)
      ? 'metabase.TIMEOUT=alive; SameSite=Lax; Path=/; Max-Age=1209600'
      : `${device}; Expires=${expires}; SameSite=Lax`,
    'x-metabase-version': VERSION_HEADER[version],
  };
}
