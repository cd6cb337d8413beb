// The simulator on a loopback socket: Fetch requests out of node:http, and connections that end badly when a fault says so.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { once } from 'node:events';
import { ConnectionEndedError } from './faults.ts';
import { createMetabase, type Metabase } from './metabase.ts';
import type { MetabaseOptions } from './options.ts';
import { chunksOf } from './stream.ts';

export type Simulator = Metabase & {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The same with `/api`. */
  apiUrl: string;
  /** Ends at once, open connections included. */
  close: () => Promise<void>;
};

const HOST = '127.0.0.1';

export async function startMetabase(options: MetabaseOptions & { port?: number } = {}): Promise<Simulator> {
  const { port = 0, ...rest } = options;
  const metabase = createMetabase(rest);
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => void exchange(metabase, incoming, outgoing));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(port, HOST);
  await once(server, 'listening');
  const url = `http://${HOST}:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  return Object.assign(metabase, { url, apiUrl: `${url}/api`, close });
}

async function exchange(metabase: Metabase, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  try {
    const response = await metabase.handle(await requestFrom(incoming, gone.signal));
    await send(response, outgoing);
  } catch (error) {
    const isOurs = !(error instanceof ConnectionEndedError) && !outgoing.destroyed && !outgoing.headersSent;
    if (isOurs) outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(`The simulator failed: ${String(error)}`);
    else incoming.socket.destroy();
  }
}

async function requestFrom(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = 'GET', url = '/' } = incoming;
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  );
  const hasBody = method !== 'GET' && method !== 'HEAD';
  return new Request(`http://${HOST}${url}`, { method, headers, signal, body: hasBody ? Buffer.concat(chunks) : null });
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  // In one packet with as much of the body as is there.
  outgoing.cork();
  setImmediate(() => outgoing.uncork());
  outgoing.flushHeaders();
  if (response.body) {
    for await (const chunk of chunksOf(response.body)) await written(outgoing, chunk);
  }
  outgoing.end();
}

/** Resolves when the socket has room again; a client that went away ends the reply. */
async function written(outgoing: ServerResponse, chunk: Uint8Array): Promise<void> {
  if (outgoing.destroyed) throw new ConnectionEndedError('The client closed the connection.');
  await new Promise<void>((resolve, reject) => {
    outgoing.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
