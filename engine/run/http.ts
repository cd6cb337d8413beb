// The HTTP client: one request, no retries, no redirects, no cookie jar and no .netrc.
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

/** The client that programs use. It is loaded with the first request: verbs without one start faster. */
export function createHttpClient(limits: TimeLimits = defaultLimits): HttpClient {
  let loaded: Promise<HttpClient> | undefined;
  const load = async (): Promise<HttpClient> => {
    const [{ clientOver }, { createFetch }] = await Promise.all([import('./client.ts'), import('./fetch.ts')]);
    const send = createFetch(limits);
    // The request goes out as it was given to ky: taking its parts out of ky's Request costs more than sending it.
    return clientOver((url, init) => (() => send(url, init)) as unknown as typeof globalThis.fetch);
  };
  return async (url, init) => (await (loaded ??= load()))(url, init);
}
