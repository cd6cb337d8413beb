// Login, logout, the current user and what is said to everyone.
import { json, notFound, text, type Reply } from '../reply.ts';
import { bodyText, exchange } from '../recordings.ts';
import type { Row } from '../row.ts';
import type { Route, Visit } from '../router.ts';
import { sessionToken } from '../sessions.ts';

type Credentials = { username?: unknown; password?: unknown };

export const sessionRoutes: Route[] = [
  { method: 'POST', path: '/api/session', access: 'anyone', reply: login },
  { method: 'DELETE', path: '/api/session', access: 'anyone', reply: logout },
  { method: 'GET', path: '/api/session/properties', access: 'anyone', reply: properties },
  { method: 'GET', path: '/api/health', access: 'anyone', reply: () => json({ status: 'ok' }) },
  {
    method: 'POST',
    path: '/api/setup',
    access: 'anyone',
    reply: () => text(bodyText(exchange('setup/setup_again')), 403),
  },
];

function login(visit: Visit): Reply {
  const given = credentialsOf(visit);
  if (given === 'malformed') return malformed(visit.body);
  const problems = { ...blank('username', given.username), ...blank('password', given.password) };
  const missing = Object.keys(problems);
  if (missing.length > 0) {
    const errors = Object.fromEntries(missing.map((name) => [name, 'value must be a non-blank string.']));
    return json({ 'specific-errors': problems, errors }, 400);
  }
  return tryPassword(visit, String(given.username).toLowerCase(), String(given.password));
}

function tryPassword({ world, sessions, throttle, counters }: Visit, username: string, password: string): Reply {
  const refusal = throttle.refusal(username);
  if (refusal) {
    counters.failedLogins++;
    return json({ errors: { username: refusal } }, 401);
  }
  const person = world.people.everyone.find(({ kind, email }) => kind === 'person' && email === username);
  if (!person?.isActive || person.secret !== password) {
    throttle.recordFailure(username);
    counters.failedLogins++;
    return json({ errors: { password: 'did not match stored password' } }, 401);
  }
  counters.logins++;
  person.lastLogin = person.updatedAt = world.moment.at(world.settings.now());
  return json({ id: sessions.open(person) });
}

function logout({ sessions, counters, headers }: Visit): Reply {
  if (!sessions.close(sessionToken(headers) ?? '')) return notFound();
  counters.logouts++;
  return { ...json(''), status: 204, body: '' };
}

function properties({ person, world }: Visit): Reply {
  const role = !person ? 'anonymous' : person.isSuperuser ? 'admin' : 'reader';
  const recorded = exchange(`session/properties_${role}`).reply as Row & { version: Row };
  if (!world.isLegacy) return json(recorded);
  return json({ ...recorded, version: { ...recorded.version, tag: 'v0.43.7' } });
}

function credentialsOf({ headers, body }: Visit): Credentials | 'malformed' {
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  if (!type.startsWith('application/json')) return {};
  try {
    return (JSON.parse(body) as Credentials | null) ?? {};
  } catch {
    return 'malformed';
  }
}

function blank(name: string, value: unknown): Record<string, string[]> {
  if (value === undefined || value === null) return { [name]: ['missing required key, received: nil'] };
  if (value !== '') return {};
  return { [name]: ['should be at least 1 character, received: ""', 'non-blank string, received: ""'] };
}

function malformed(body: string): Reply {
  const error = `Unexpected end-of-input within/between Object entries at 1:${body.length + 1}`;
  const headers = { 'last-modified': null, 'set-cookie': null };
  return { status: 400, type: 'application/json', body: JSON.stringify({ error }), headers };
}
