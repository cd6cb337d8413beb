// fetch with kept-alive connections, time limits, and the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
// Certificates of NODE_EXTRA_CA_CERTS are Node's own doing. Slow to load: import it with the first request.
import { type Dispatcher, EnvHttpProxyAgent, fetch } from 'undici';
import type { HttpRequestInit, TimeLimits } from './http.ts';

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
