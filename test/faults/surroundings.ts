// What stands around the executable: a simulator, another server, a proxy, a TLS front, a folder with its files. All on loopback.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { transformSync } from 'esbuild';
import type { Fault } from '../metabase/faults.ts';
import { type Simulator, startMetabase } from '../metabase/serve.ts';
import { testClient } from '../metabase/test-client.ts';
import { ADMIN, type Case } from './case.ts';

const HOST = '127.0.0.1';
const OPENSSL = 'openssl';

export interface Surroundings {
  simulator: Simulator;
  folder: string;
  /** Tokens that the simulator handed out. */
  tokens: string[];
  requestsElsewhere: () => number;
  requestsProxied: () => number;
  /** Milliseconds of each wait that the executable asked for. */
  waits: () => number[];
  waitsFile: string;
  preload: string;
  /** Puts what the words in angle brackets stand for into every text of a value. */
  fill: <T>(value: T) => T;
  close: () => Promise<void>;
}

interface Listening {
  port: number;
  count: () => number;
  close: () => Promise<void>;
}

async function listen(server: Server, count: () => number): Promise<Listening> {
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket)).on('error', () => undefined);
  };
  server.on('connection', track);
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  };
  return { port, count, close };
}

/** Answers anything in the same way. */
function startElsewhere({ status, headers = {}, body = '' }: NonNullable<Case['elsewhere']>): Promise<Listening> {
  let count = 0;
  const server = createServer((_, outgoing) => {
    count += 1;
    outgoing.writeHead(status, headers).end(body);
  });
  return listen(server, () => count);
}

/** Passes everything on to the simulator, whatever host was asked for, as a proxy in front of it would. */
function startProxy(port: number): Promise<Listening> {
  let count = 0;
  const server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    count += 1;
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://any');
    const { method, headers } = incoming;
    const onward = request({ host: HOST, port, path: pathname + search, method, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  server.on('connect', ({ url = '' }: IncomingMessage, socket: Socket) => {
    count += 1;
    const target = new URL(`http://${url}`);
    const onward = connect(target.hostname === HOST ? Number(target.port) : port, HOST, () =>
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n'),
    );
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  return listen(server, () => count);
}

/** The simulator behind https, with a certificate that only <ca> knows. */
function startTls(port: number, folder: string): Promise<Listening> {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'ca.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', `subjectAltName=IP:${HOST}`];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync(OPENSSL, ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    const onward = connect(port, HOST);
    onward.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => onward.destroy()).on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  return listen(server, () => 0);
}

/** A port that nothing listens on. */
async function freePort(): Promise<number> {
  const { port, close } = await listen(createServer(), () => 0);
  await close();
  return port;
}

interface Noted {
  waitMs?: number;
  skippedMs?: number;
}

function notedIn(file: string): Noted[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Noted);
}

/** Puts replacements into every text inside a value; what is no plain data stays as it is. */
function filled(value: unknown, words: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return [...words].reduce((text, [word, by]) => text.replaceAll(word, by), value);
  if (Array.isArray(value)) return value.map((item) => filled(item, words));
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, words)]));
}

/** What the simulator hands out and what the case wants to happen at certain requests. */
function watch(simulator: Simulator, tokens: string[], onRequest: (path: string) => void): void {
  const { handle } = simulator;
  simulator.handle = async (incoming) => {
    const { pathname } = new URL(incoming.url);
    onRequest(pathname);
    const response = await handle(incoming);
    if (incoming.method !== 'POST' || pathname !== '/api/session' || response.status !== 200) return response;
    // A reply that will be cut off is left alone: its token never arrives.
    const copy = await response
      .clone()
      .text()
      .catch(() => '');
    const token = /"id":"([^"]+)"/.exec(copy)?.[1];
    if (token !== undefined) tokens.push(token);
    return response;
  };
}

async function giveSession(simulator: Simulator): Promise<string> {
  const { body } = await testClient(simulator).login(ADMIN);
  return (body as { id: string }).id;
}

export async function surround(
  { metabase, faults = [], failedLoginsBefore = 0, elsewhere, ...wanted }: Case,
  onRequest: (path: string, simulator: Simulator) => void,
): Promise<Surroundings> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const waitsFile = join(folder, 'waits.jsonl');
  writeFileSync(waitsFile, '');
  const preload = join(folder, 'fast-timers.mjs');
  const source = readFileSync(new URL('./fast-timers.ts', import.meta.url), 'utf8');
  writeFileSync(preload, transformSync(source, { loader: 'ts', format: 'esm' }).code);

  // The simulator's clock is the executable's: what that one has waited out has passed here too.
  const skippedMs = (): number => notedIn(waitsFile).findLast((noted) => noted.skippedMs !== undefined)?.skippedMs ?? 0;
  // Its time passes with the waits only, so that a slow machine changes nothing.
  const startedAt = Date.now();
  const simulator = await startMetabase({ ...metabase, now: () => startedAt + skippedMs() });
  const port = Number(new URL(simulator.url).port);
  const others: Listening[] = [];
  const opened = async (other: Promise<Listening>): Promise<Listening> => {
    others.push(await other);
    return other;
  };

  const text = JSON.stringify([wanted.config, wanted.env, faults, elsewhere]);
  const words = new Map([
    ['<api>', simulator.apiUrl],
    ['<url>', simulator.url],
    ['<folder>', folder],
    ['<ca>', join(folder, 'ca.pem')],
    ['<in 30 s>', new Date(Date.now() + 30_000).toUTCString()],
  ]);
  if (text.includes('<nowhere>')) words.set('<nowhere>', `http://${HOST}:${await freePort()}`);
  const other = elsewhere && (await opened(startElsewhere(elsewhere)));
  if (other) words.set('<elsewhere>', `http://${HOST}:${other.port}`);
  const proxy = text.includes('<proxy>') ? await opened(startProxy(port)) : undefined;
  if (proxy) words.set('<proxy>', `http://${HOST}:${proxy.port}`);
  if (text.includes('<https>')) words.set('<https>', `https://${HOST}:${(await opened(startTls(port, folder))).port}`);
  const tokens: string[] = [];
  watch(simulator, tokens, (path) => onRequest(path, simulator));
  if (text.includes('<session>')) words.set('<session>', await giveSession(simulator));
  for (let count = 0; count < failedLoginsBefore; count += 1) {
    await testClient(simulator).login({ ...ADMIN, password: 'wrong' });
  }
  simulator.log.length = 0;

  const fill = <T>(value: T): T => filled(value, words) as T;
  simulator.faults.push(...faults.map((fault): Fault => ({ ...fault, do: fill(fault.do) })));
  for (const [name, content] of Object.entries(wanted.files ?? {})) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), fill(content));
  }
  return {
    simulator,
    folder,
    tokens,
    fill,
    waitsFile,
    preload,
    requestsElsewhere: () => other?.count() ?? 0,
    requestsProxied: () => proxy?.count() ?? 0,
    waits: () => notedIn(waitsFile).flatMap(({ waitMs }) => (waitMs === undefined ? [] : [waitMs])),
    close: async () => {
      await Promise.all([simulator.close(), ...others.map(({ close }) => close())]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
