// One request over HTTP and what came of it. Redirects stay within the origin, so that credentials do.
import { plainUrl } from '../components/variables.ts';
import { ConfigError } from '../errors.ts';
import type { EncodedRequest } from './encode.ts';
import type { HttpClient, HttpResponse } from './http.ts';
import { type IncomingReply, replyOf } from './reply.ts';

const MOST_REDIRECTS = 5;

/** Where a redirect leads; undefined when the response is none that is followed. Throws ConfigError when it leads to another origin. */
function redirectOf(response: HttpResponse, { url, method }: EncodedRequest): URL | undefined {
  if (response.status < 300 || response.status >= 400) return undefined;
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, url.href)) return undefined;
  const target = new URL(location, url);
  if (target.origin === url.origin) return method === 'GET' ? target : undefined;
  throw new ConfigError(
    `${method} ${plainUrl(url.href)} is redirected to ${target.origin}, and credentials are not sent to another address. ` +
      'If that is the right one, put it into the config.',
  );
}

/** The innermost reason of a failed connection: fetch hides it in the cause. */
export function reasonOf(error: Error): string {
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : error.cause;
  return inner instanceof Error ? reasonOf(inner) : error.message;
}

/** Gives up a body. One that has not begun has nothing to close, so it begins. */
async function discard({ body }: HttpResponse): Promise<void> {
  const iterator = body?.[Symbol.asyncIterator]();
  await iterator?.next().catch(() => undefined);
  await iterator?.return?.();
}

export interface ExchangeOptions {
  client: HttpClient;
  signal?: AbortSignal | undefined;
  readTimeoutMs?: number | undefined;
  purpose?: string | undefined;
}

/** What came of a request. */
export type Exchanged = { readonly reply: IncomingReply } | { readonly error: Error };

/** Sends a request. A connection that gave no reply is an outcome, not an exception; an abort is one. */
export async function exchange(request: EncodedRequest, options: ExchangeOptions): Promise<Exchanged> {
  const { method, headers, body } = request;
  const { client, signal, readTimeoutMs, purpose } = options;
  let { url } = request;
  if (url.username !== '' || url.password !== '') {
    throw new ConfigError(
      `The URL ${plainUrl(url.href)} is configured with a user name or a password before the host. Take them out of it.`,
    );
  }
  for (let redirects = 0; ; redirects += 1) {
    let response: HttpResponse;
    try {
      const init = {
        method,
        headers,
        readTimeoutMs,
        purpose,
        ...(body !== undefined && { body }),
        ...(signal && { signal }),
      };
      response = await client(url, init);
    } catch (thrown) {
      signal?.throwIfAborted();
      return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
    }
    const target = redirectOf(response, { ...request, url });
    if (!target || redirects === MOST_REDIRECTS) return { reply: replyOf(method, url.href, response, signal) };
    await discard(response);
    url = target;
  }
}
