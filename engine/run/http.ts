// The HTTP client: one request, no retries, no redirects, no cookie jar and no .netrc.
import ky from 'ky';
import type { TimeLimits } from './fetch.ts';

const defaultLimits: TimeLimits = { connectMs: 30_000, firstByteMs: 600_000, idleMs: 120_000 };

export interface HttpRequestInit {
  method: string;
  headers: Headers;
  body?: string;
  signal?: AbortSignal;
  /** Replaces the limits for the first byte and between two chunks, in milliseconds, for this request. */
  readTimeoutMs?: number | undefined;
}

/** What is used of a response; the body is read once. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Sends one request; statuses are the caller's business, redirects too. */
export type HttpClient = (url: URL, init: HttpRequestInit) => Promise<HttpResponse>;

/** A client over a `fetch`. Retries belong to the manifest's error handlers, so ky's own are off. */
export function clientOver(fetchOf: (url: string, init: HttpRequestInit) => typeof globalThis.fetch): HttpClient {
  return ({ href }, init) => {
    const { method, headers, body, signal } = init;
    return ky(href, {
      fetch: fetchOf(href, init),
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
    const send = createFetch(limits);
    // The request goes out as it was given to ky: taking its parts out of ky's Request costs more than sending it.
    return clientOver((url, init) => (() => send(url, init)) as unknown as typeof globalThis.fetch);
  };
  return async (url, init) => (await (loaded ??= load()))(url, init);
}
