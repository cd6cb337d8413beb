// What goes over the wire, to a server on loopback: codings of the body, headers, connections, limits.
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createHttpClient } from '../../engine/run/client.ts';
import type { HttpResponse } from '../../engine/run/http.ts';

const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

const client = createHttpClient({ connectMs: 1000, firstByteMs: 1000, idleMs: 1000 });

async function get(
  listener: RequestListener,
  init: { readTimeoutMs?: number; signal?: AbortSignal } = {},
): Promise<HttpResponse> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return client(new URL(`http://127.0.0.1:${port}/thing?a=1`), {
    method: 'GET',
    headers: new Headers({ 'X-Key': 'k' }),
    ...init,
  });
}

async function textOf({ body }: HttpResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const TEXT = JSON.stringify({ é: 'x'.repeat(100_000) });
const coded: Record<string, Buffer> = {
  gzip: gzipSync(TEXT),
  'x-gzip': gzipSync(TEXT),
  GZIP: gzipSync(TEXT),
  deflate: deflateSync(TEXT),
  br: brotliCompressSync(TEXT),
  'gzip, br': brotliCompressSync(gzipSync(TEXT)),
  identity: Buffer.from(TEXT),
};

test.each(Object.keys(coded))('a body in the coding %s is decoded', async (coding) => {
  const response = await get((_, answer) => answer.writeHead(200, { 'content-encoding': coding }).end(coded[coding]));
  expect((await textOf(response)) === TEXT).toBe(true);
});

test.each(['gzip', 'deflate', 'br'])(
  'a body in the coding %s that is cut off is an error, although HTTP says it is whole',
  async (coding) => {
    const half = coded[coding]?.subarray(0, 15);
    const response = await get((_, answer) => answer.writeHead(200, { 'content-encoding': coding }).end(half));
    await expect(textOf(response).then((text) => text.length)).rejects.toThrow('unexpected end of file');
  },
);

test('a request asks for compressed replies, and carries its headers', async () => {
  let asked: IncomingMessage | undefined;
  await textOf(
    await get((request, answer) => {
      asked = request;
      answer.end('{}');
    }),
  );
  expect([asked?.method, asked?.url]).toEqual(['GET', '/thing?a=1']);
  expect(asked?.headers).toMatchObject({ 'x-key': 'k', 'accept-encoding': 'gzip, deflate, br' });
});

test('a header that comes twice has both values', async () => {
  const { headers } = await get((_, answer) => answer.setHeader('link', ['<a>', '<b>']).end());
  expect(headers.get('link')).toBe('<a>, <b>');
});

test('a body that breaks off is an error to its reader', async () => {
  const response = await get((_, answer) => {
    answer.writeHead(200, { 'content-length': 100 }).write('[1');
    setTimeout(() => answer.destroy(), 20);
  });
  await expect(textOf(response)).rejects.toThrow();
});

test('a server that says nothing is waited for as long as the request says', async () => {
  await expect(get(() => undefined, { readTimeoutMs: 50 })).rejects.toThrow('Headers Timeout');
});

test('a request that is stopped ends with the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('stopped');
  const failure = get(() => stop.abort(reason), { signal: stop.signal });
  await expect(failure).rejects.toBe(reason);
});
