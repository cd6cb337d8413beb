// Sessions and API keys: who a request comes from.
import { uuid } from './deterministic.ts';
import type { Settings } from './options.ts';
import type { Person } from './world/known-people.ts';
import type { People } from './world/people.ts';

const SALT = 600;

export type Sessions = {
  open: (person: Person) => string;
  /** False when there is no such live session. */
  close: (token: string) => boolean;
  closeAll: () => void;
  /** Whose session cookie, session header or API key this is, in that order. */
  personOf: (headers: Headers) => Person | null;
  openCount: () => number;
};

export function makeSessions(settings: Settings, people: People): Sessions {
  const sessions = new Map<string, { person: Person; expiresAt: number }>();
  let opened = 0;
  const live = (token: string | null | undefined): Person | null => {
    const session = token ? sessions.get(token) : undefined;
    return session && session.expiresAt > settings.now() && session.person.isActive ? session.person : null;
  };
  return {
    open: (person) => {
      const token = uuid(settings.seed, SALT, opened++);
      sessions.set(token, { person, expiresAt: settings.now() + settings.sessionTtlMs });
      return token;
    },
    close: (token) => live(token) !== null && sessions.delete(token),
    closeAll: () => sessions.clear(),
    personOf: (headers) => {
      const token = sessionToken(headers);
      if (token) return live(token);
      return settings.version === '0.43' ? null : keyOwner(people, headers.get('x-api-key'));
    },
    openCount: () => [...sessions.keys()].filter((token) => live(token) !== null).length,
  };
}

/** A cookie takes precedence over the header. */
export function sessionToken(headers: Headers): string | null {
  return sessionCookie(headers) ?? headers.get('x-metabase-session');
}

export function sessionCookie(headers: Headers): string | null {
  return /(?:^|;\s*)metabase\.SESSION=([^;]+)/.exec(headers.get('cookie') ?? '')?.[1] ?? null;
}

function keyOwner(people: People, key: string | null): Person | null {
  if (!key) return null;
  return people.everyone.find(({ kind, secret }) => kind === 'api-key' && secret === key) ?? null;
}
