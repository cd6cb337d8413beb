// The HTTP client over ky. Slow to load: import it with the first request.
import ky from 'ky';
import type { HttpClient, HttpRequestInit } from './http.ts';

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
