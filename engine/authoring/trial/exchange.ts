// What went over the wire: each request and its reply, as a client in between notes them.
import type { HttpClient, HttpRequestInit, HttpResponse } from '../../run/http.ts';

export interface Exchange {
  /** What is requested: a stream, or a login. */
  readonly purpose: string;
  readonly request: {
    readonly method: string;
    readonly url: URL;
    readonly headers: Headers;
    readonly body: string | undefined;
  };
  /** Undefined as long as there is no answer. */
  status: number | undefined;
  headers: Headers;
  /** Milliseconds until the answer began. */
  ms: number;
  /** Of the body, as far as it was read. */
  bytes: number;
  /** Its beginning, or all of it. */
  readonly chunks: Uint8Array[];
  isWhole: boolean;
  /** Why there is no answer, or why it broke off. */
  failure: Error | undefined;
}

export interface NotingOptions {
  now: () => number;
  /** Bytes of each body that are kept. */
  keptBytes: number;
  /** Reads every body to its end, also one that nobody needs further. */
  isWhole: boolean;
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** The body, which is noted as it is read. */
async function* noted(
  body: AsyncIterable<Uint8Array>,
  exchange: Exchange,
  { keptBytes, isWhole }: NotingOptions,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  async function next(): Promise<Uint8Array | undefined> {
    try {
      const result = await iterator.next();
      if (result.done === true) exchange.isWhole = true;
      if (result.done === true) return undefined;
      const chunk = result.value;
      // Copied, for the bytes are those of a buffer that may be filled again.
      if (exchange.bytes < keptBytes) exchange.chunks.push(Buffer.from(chunk.subarray(0, keptBytes - exchange.bytes)));
      exchange.bytes += chunk.length;
      return chunk;
    } catch (thrown) {
      exchange.failure = asError(thrown);
      throw thrown;
    }
  }
  try {
    for (let chunk = await next(); chunk; chunk = await next()) yield chunk;
  } finally {
    if (isWhole && !exchange.isWhole && !exchange.failure) {
      while (await next().catch(() => undefined));
    }
    await iterator.return?.();
  }
}

/** A client that notes what another one does, in the order of asking. */
export function notingClient(client: HttpClient, options: NotingOptions) {
  const exchanges: Exchange[] = [];
  const noting: HttpClient = async (url, init: HttpRequestInit): Promise<HttpResponse> => {
    const { method, headers, body, purpose = '' } = init;
    const startedAt = options.now();
    const exchange: Exchange = {
      purpose,
      request: { method, url, headers: new Headers(headers), body },
      ...{ status: undefined, headers: new Headers(), ms: 0, bytes: 0, chunks: [], isWhole: false, failure: undefined },
    };
    exchanges.push(exchange);
    try {
      const response = await client(url, init);
      exchange.status = response.status;
      exchange.headers = response.headers;
      if (!response.body) exchange.isWhole = true;
      const { status, headers: received } = response;
      return { status, headers: received, body: response.body && noted(response.body, exchange, options) };
    } catch (thrown) {
      exchange.failure = asError(thrown);
      throw thrown;
    } finally {
      exchange.ms = options.now() - startedAt;
    }
  };
  return { client: noting, exchanges };
}
