// The HTTP client: one request, no retries, no redirects, no cookie jar and no .netrc.
import type { HttpClient, TimeLimits } from './http.ts';

const defaultLimits: TimeLimits = { connectMs: 30_000, firstByteMs: 600_000, idleMs: 120_000 };

/** The client that programs use. It is loaded with the first request: verbs without one start faster. */
export function createHttpClient(limits: TimeLimits = defaultLimits): HttpClient {
  let loaded: Promise<HttpClient> | undefined;
  const load = async (): Promise<HttpClient> => {
    const [{ clientOver }, { createFetch }] = await Promise.all([import('./ky-client.ts'), import('./fetch.ts')]);
    const send = createFetch(limits);
    // The request goes out as it was given to ky: taking its parts out of ky's Request costs more than sending it.
    return clientOver((url, init) => (() => send(url, init)) as unknown as typeof globalThis.fetch);
  };
  return async (url, init) => (await (loaded ??= load()))(url, init);
}
