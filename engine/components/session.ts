// A session: a token that is tried first or fetched by logging in, once for everybody, and given back at the end.
import { ConfigError, TransientError } from '../errors.ts';
import { valueAt } from '../text/json-path.ts';
import { pythonText } from '../text/python.ts';
import type { Reply } from './kinds.ts';
import { plainUrl } from './variables.ts';

export interface SessionOptions {
  /** A token the user gave: tried first, never logged out. Empty text is none. */
  givenToken: string;
  /** False when the server does not accept the token. Left out: it is taken as it is. */
  validate?: ((token: string) => Promise<boolean>) | undefined;
  /** Left out: there is nothing to log in with. Throws when the login is rejected. */
  login?: (() => Promise<string>) | undefined;
  logout?: ((token: string) => Promise<void>) | undefined;
  /** Milliseconds that a token of ours lives. */
  lifetimeMs?: number | undefined;
  now: () => number;
  addSecret: (secret: string) => void;
  log: (message: string) => void;
}

export interface Session {
  /** The token that is valid, as far as is known. Throws ConfigError when there is none to be had. */
  token(): Promise<string>;
  /** After the server has refused a token: true when there is another one now. */
  renew(rejected: string): Promise<boolean>;
  close(): Promise<void>;
}

/** The token in the reply to a login. Throws ConfigError when it is not there. */
export async function tokenIn(reply: Reply | undefined, path: readonly string[]): Promise<string> {
  const token = reply && valueAt(await reply.json(), path);
  if (token !== undefined && token !== null) return pythonText(token);
  const what = reply
    ? `${reply.method} ${plainUrl(reply.url)} answered ${reply.status} (${reply.headers.get('content-type') ?? 'no content type'})`
    : 'it was ignored';
  throw new ConfigError(
    `The reply to the login has no "${path.join('.')}": ${what}. Check that the URL is the right one.`,
  );
}

/** All callers wait for the same login; a rejected one is not repeated: its error is everybody's answer. */
export function createSession(options: SessionOptions): Session {
  const { givenToken, validate, login, logout, lifetimeMs = Infinity, now, addSecret, log } = options;
  let current: Promise<string> | undefined;
  let expiresAt = Infinity;
  const opened = new Set<string>();
  let isClosed = false;

  async function open(): Promise<string> {
    if (!login) {
      throw new ConfigError(
        givenToken === ''
          ? 'There is nothing to log in with: fill in the credentials, such as an API key, or a user name and a password.'
          : 'The server does not accept the session token. Provide a new one, or a user name and a password.',
      );
    }
    const token = await login();
    addSecret(token);
    opened.add(token);
    expiresAt = now() + lifetimeMs;
    return token;
  }

  async function first(): Promise<string> {
    if (givenToken === '') return open();
    addSecret(givenToken);
    if (!validate || (await validate(givenToken))) return givenToken;
    if (login) log('The session token of the config is not accepted; logging in instead.');
    return open();
  }

  return {
    token() {
      if (isClosed) return Promise.reject(new TransientError('The session is closed already.'));
      if (current && now() >= expiresAt) {
        current = undefined;
        // The next login sets it; until then everybody waits for that one.
        expiresAt = Infinity;
      }
      return (current ??= opened.size === 0 ? first() : open());
    },
    async renew(rejected) {
      // A request that is still on its way when everything has ended must not open another session.
      if (!login || isClosed) return false;
      const known = current;
      // Whoever comes after the first finds another login under way, and only has to wait for it.
      if ((await known) === rejected && current === known) current = open();
      await current;
      return true;
    },
    async close() {
      isClosed = true;
      // A login on its way may open a session yet.
      await current?.catch(() => undefined);
      current = undefined;
      const tokens = [...opened];
      opened.clear();
      const results = await Promise.allSettled(tokens.map(async (token) => logout?.(token)));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
    },
  };
}
