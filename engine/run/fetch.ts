// fetch with kept-alive connections, time limits, and the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
// Certificates of NODE_EXTRA_CA_CERTS are Node's own doing. Slow to load: import it with the first request.
import { type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';

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
  /** Replaces firstByteMs and idleMs for this request. */
  readTimeoutMs?: number | undefined;
}

/** Makes the fetch of a request: all share their connections. */
export function createFetch({ connectMs, firstByteMs, idleMs }: TimeLimits) {
  const agent = new EnvHttpProxyAgent({
    connect: { timeout: connectMs },
    headersTimeout: firstByteMs,
    bodyTimeout: idleMs,
  });
  const within = (limit: number): Dispatcher =>
    agent.compose(
      (dispatch) => (request, handler) => dispatch({ ...request, headersTimeout: limit, bodyTimeout: limit }, handler),
    );

  return ({ readTimeoutMs }: HttpRequestInit): typeof globalThis.fetch => {
    const dispatcher = readTimeoutMs === undefined ? agent : within(readTimeoutMs);
    // ky hands over a Request of Node's own fetch; undici's takes the parts of it.
    const send = async ({ url, method, headers, body, signal }: Request): Promise<unknown> =>
      fetch(url, {
        method,
        headers: [...headers],
        body: body === null ? null : await new Response(body).text(),
        redirect: 'manual',
        signal,
        dispatcher,
      });
    return send as unknown as typeof globalThis.fetch;
  };
}
