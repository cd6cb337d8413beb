// HTTP with kept-alive connections, time limits, and the proxies of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
// Certificates of NODE_EXTRA_CA_CERTS are Node's own doing. Slow to load: import it with the first request.
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import api from 'undici/lib/api/index.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import type { HttpRequestInit, HttpResponse, TimeLimits } from './http.ts';

// As undici's own index does it; proxies need it too.
Object.assign(Dispatcher.prototype, api);

const decompressors: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};
const ours = { 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'undici' };

/** An error shows to whoever reads the body; without a reader it is nobody's concern. */
const ignore = (): void => undefined;

/** The body without its content codings (RFC 9110, 8.4), the last one applied taken off first. */
function plainBody(body: Readable, coding: string | string[] = ''): AsyncIterable<Uint8Array> {
  let plain: NodeJS.ReadableStream = body.on('error', ignore);
  for (const name of String(coding).toLowerCase().split(',').reverse()) {
    const decompressor = decompressors[name.trim()]?.();
    if (decompressor) plain = pipeline(plain, decompressor, ignore);
  }
  return plain as AsyncIterable<Uint8Array>;
}

function headersOf(received: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers();
  for (const [name, value = ''] of Object.entries(received)) {
    for (const item of [value].flat()) headers.append(name, item);
  }
  return headers;
}

/** Makes what sends a request: all share their connections. */
export function createFetch({ connectMs, firstByteMs, idleMs }: TimeLimits) {
  const { no_proxy, NO_PROXY = '' } = process.env;
  // Said here, so that it does not look into the environment for every request.
  const dispatcher = new EnvHttpProxyAgent({ connect: { timeout: connectMs }, noProxy: no_proxy ?? NO_PROXY });

  return async (url: URL, init: HttpRequestInit): Promise<HttpResponse> => {
    const { method, headers, body, signal, readTimeoutMs } = init;
    const reply = await dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method,
      headers: { ...ours, ...Object.fromEntries(headers) },
      headersTimeout: readTimeoutMs ?? firstByteMs,
      bodyTimeout: readTimeoutMs ?? idleMs,
      ...(body !== undefined && { body }),
      ...(signal && { signal }),
    });
    let received: Headers | undefined;
    return {
      status: reply.statusCode,
      // Made when somebody asks: of most replies only the body matters.
      get headers() {
        return (received ??= headersOf(reply.headers));
      },
      body: plainBody(reply.body, reply.headers['content-encoding']),
    };
  };
}
