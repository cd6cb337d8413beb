// Which route answers a request. A path nobody knows is 404 even without credentials; a known one asks for them first.
import type { Sessions } from './sessions.ts';
import type { LoginThrottle } from './login-throttle.ts';
import { forbidden, invalidId, noSuchEndpoint, notFound, unauthenticated, type Reply } from './reply.ts';
import type { Person } from './world/known-people.ts';
import type { World } from './world/world.ts';

export type Counters = { logins: number; failedLogins: number; logouts: number };

/** One request on its way to a reply. */
export type Visit = {
  world: World;
  sessions: Sessions;
  throttle: LoginThrottle;
  counters: Counters;
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
  person: Person | null;
  params: Record<string, string>;
};

/** A visit of somebody known. */
export type UserVisit = Visit & { person: Person };

export type Route = { method: string; path: string; since?: '0.58' } & (
  | { access: 'anyone'; reply: (visit: Visit) => Reply }
  | { access: 'user' | 'superuser'; reply: (visit: UserVisit) => Reply }
);

/** Undefined when no route has this method and path. */
type Router = (visit: Visit) => Reply | undefined;

export function makeRouter(routes: Route[]): Router {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));
  return (visit) => {
    for (const { route, pattern } of compiled) {
      const match = route.method === visit.method ? pattern.exec(visit.path) : null;
      if (!match || (route.since && visit.world.isLegacy)) continue;
      return answer(route, { ...visit, params: match.groups ?? {} });
    }
    return undefined;
  };
}

function answer(route: Route, visit: Visit): Reply {
  if (route.access === 'anyone') return route.reply(visit);
  const { person } = visit;
  if (!person) return unauthenticated();
  if (route.access === 'superuser' && !person.isSuperuser) return forbidden();
  return route.reply({ ...visit, person });
}

/** A trailing slash is accepted after `/api/card`, refused after anything longer. */
function patternOf(path: string): RegExp {
  const isList = path.split('/').length === 3;
  const source = path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
  return new RegExp(`^${source}${isList ? '/?' : ''}$`);
}

/** The row that the path's `:id` names, by number or, since 0.58, entity id; or what is said when there is none. */
export function rowById<T>(
  visit: Visit,
  byId: (id: number | string) => T | undefined,
): { row: T } | { refusal: Reply } {
  const given = visit.params.id ?? '';
  const isNumber = /^[1-9]\d*$/.test(given);
  if (!isNumber && visit.world.isLegacy) return { refusal: noSuchEndpoint() };
  if (!isNumber && !/^[\w-]{21}$/.test(given)) return { refusal: invalidId(given) };
  const row = byId(isNumber ? Number(given) : given);
  return row === undefined ? { refusal: notFound() } : { row };
}
