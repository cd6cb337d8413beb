// The HTTP client: one request, no retries, no redirects, no cookie jar and no .netrc.
import ky from 'ky';
import type { HttpRequestInit, TimeLimits } from './fetch.ts';

const defaultLimits: TimeLimits = { connectMs: 30_000, firstByteMs: 600_000, idleMs: 120_000 };

/** Sends one request; statuses are the caller's business, redirects too. */
export type HttpClient = (url: URL, init: HttpRequestInit) => Promise<Response>;

/** A client over a `fetch`. Retries belong to the manifest's error handlers, so ky's own are off. */
export function clientOver(fetchOf: (init: HttpRequestInit) => typeof globalThis.fetch): HttpClient {
  return ({ href }, init) => {
    const { method, headers, body, signal } = init;
    return ky(href, {
      fetch: fetchOf(init),
      retry: 0,
      throwHttpErrors: false,
      timeout: false,
      redirect: 'manual',
      method,
      headers,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
  };
}

/** The client that programs use. It is loaded with the first request: verbs without one start faster. */
export function createHttpClient(limits: TimeLimits = defaultLimits): HttpClient {
  let loaded: Promise<HttpClient> | undefined;
  const load = async (): Promise<HttpClient> => {
    const { createFetch } = await import('./fetch.ts');
    return clientOver(createFetch(limits));
  };
  return async (url, init) => (await (loaded ??= load()))(url, init);
}
