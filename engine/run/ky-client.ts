// The HTTP client over ky. Slow to load: import it with the first request.
import ky from 'ky';
import type { HttpClient, HttpRequestInit } from './http.ts';

/** Retries belong to the manifest's error handlers, so ky's own are off. */
const asked = ky.create({ retry: 0, throwHttpErrors: false, timeout: false, redirect: 'manual' });

/** A client over a `fetch`. The signal is for the fetch: of one that it is given, ky makes three more for each request. */
export function clientOver(fetchOf: (url: URL, init: HttpRequestInit) => typeof globalThis.fetch): HttpClient {
  return (url, init) => {
    const { method, headers, body } = init;
    return asked(url, { fetch: fetchOf(url, init), method, headers, ...(body !== undefined && { body }) });
  };
}
