// One request over HTTP and what came of it. Redirects stay within the origin, so that credentials do.
import { STATUS_CODES } from 'node:http';
import ky from 'ky';
import type { Outcome } from '../components/kinds.ts';
import { plainUrl } from '../components/variables.ts';
import { ConfigError } from '../errors.ts';
import type { EncodedRequest } from './encode.ts';
import { replyOf } from './reply.ts';

const MOST_REDIRECTS = 5;

// Retries belong to the manifest's error handlers, and so do statuses.
const client = ky.create({ retry: 0, throwHttpErrors: false, timeout: false, redirect: 'manual' });

/** Where a redirect leads; undefined when the response is none. Throws ConfigError when it leads to another origin. */
function redirectOf(response: Response, { url, method }: EncodedRequest): URL | undefined {
  const location = response.headers.get('location');
  if (response.status < 300 || response.status >= 400 || location === null || method !== 'GET') return undefined;
  const target = new URL(location, url);
  if (target.origin === url.origin) return target;
  throw new ConfigError(
    `GET ${plainUrl(url.href)} is redirected to ${target.origin}, and credentials are not sent to another address. ` +
      'If that is the right one, put it into the config.',
    { internalMessage: `${response.status} ${STATUS_CODES[response.status] ?? ''}` },
  );
}

/** The innermost reason of a failed connection: fetch hides it in the cause. */
export function reasonOf(error: Error): string {
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : error.cause;
  return inner instanceof Error ? reasonOf(inner) : error.message;
}

export async function exchange(request: EncodedRequest, signal?: AbortSignal): Promise<Outcome> {
  const { method, headers, body } = request;
  let { url } = request;
  for (let redirects = 0; ; redirects += 1) {
    let response: Response;
    try {
      response = await client(url, { method, headers, ...(body !== undefined && { body }), ...(signal && { signal }) });
    } catch (thrown) {
      signal?.throwIfAborted();
      return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
    }
    const target = redirectOf(response, { ...request, url });
    if (!target || redirects === MOST_REDIRECTS) return { reply: replyOf(method, url.href, response) };
    await response.body?.cancel();
    url = target;
  }
}
