// One request of HTTP: what it is asked with, and what comes of it.

/** Limits in milliseconds. */
export interface TimeLimits {
  connectMs: number;
  /** Until the first byte of the reply: generous, for a large server takes minutes to make a long list. */
  firstByteMs: number;
  /** Between two chunks of a body. */
  idleMs: number;
}

export interface HttpRequestInit {
  method: string;
  headers: Headers;
  body?: string;
  signal?: AbortSignal;
  /** Replaces the limits for the first byte and between two chunks, in milliseconds, for this request. */
  readTimeoutMs?: number | undefined;
  /** What is requested: a stream, or a login. For clients that note what goes over the wire. */
  purpose?: string | undefined;
}

/** What is used of a response; the body is read once. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array> | null;
}

/** Sends one request; statuses are the caller's business, redirects too. */
export type HttpClient = (url: URL, init: HttpRequestInit) => Promise<HttpResponse>;
