// Which streams discover lists, and what is said of those that the server refuses at read.
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import { createAsker } from '../../engine/run/ask.ts';
import { offeredStreams } from '../../engine/run/offered.ts';
import { createSlots } from '../../engine/run/slots.ts';
import { discover, discoverAll, type Engine, read } from '../../engine/source.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { type Answer, fakeClient, json, piecewise } from '../support/http.ts';
import { readFiles } from '../support/manifest.ts';
import { GET_THING, noAuth } from '../support/sender.ts';

const streamOf = (name: string, availability = ''): string => `
  - type: DeclarativeStream
    name: ${name}
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: ${name} }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    ${availability}`;

const NEEDS = 'availability: { type: RequestAvailability, needs: a special right }';

const manifestOf = (streams: string): string => `
type: DeclarativeSource
version: 7.0.0
check: { type: CheckStream, stream_names: [open] }
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.com
    authenticator:
      type: SessionTokenAuthenticator
      login_requester: { type: HttpRequester, url_base: https://example.com, path: session, http_method: POST }
      logout_requester: { type: HttpRequester, url_base: https://example.com, path: session, http_method: DELETE }
      session_token_path: [id]
      request_authentication: { type: ApiKey, inject_into: { type: RequestOption, inject_into: header, field_name: X-Session } }
    error_handler:
      type: DefaultErrorHandler
      response_filters: [{ type: HttpResponseFilter, error_message_contains: gone, action: IGNORE }]
streams:${streamOf('open')}${streams}
`;

/** Runs a verb with the stream open and these ones, over a client that answers by these lines. */
async function run(
  streams: string,
  answers: Record<string, Answer | Answer[]>,
  verb: (engine: Engine) => Promise<void>,
) {
  const { tree, texts } = readFiles({ 'manifest.yaml': manifestOf(streams) });
  expect(texts).toEqual([]);
  const { client, asked } = fakeClient(answers);
  let output = '';
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      output += chunk.toString();
      done();
    },
  });
  const redactor = createRedactor();
  const writer = createWriter(stdout, redactor);
  const clock = { now: () => 0, sleep: () => Promise.resolve() };
  const engine = { manifest: { tree, folder: '' }, writer, redactor, client, clock, random: () => 0, isDebug: false };
  const thrown: unknown = await verb(engine).catch((error: unknown) => error);
  await writer.flush();
  const messages = output.split('\n').slice(0, -1);
  return { messages, thrown, lines: asked.map(({ line }) => line), asked };
}

interface Line {
  type: string;
  catalog?: { streams: { name: string }[] };
  log?: { level: string; message: string };
}
const parsed = (messages: readonly string[]): Line[] => messages.map((message) => JSON.parse(message) as Line);
const listed = (messages: readonly string[]) =>
  parsed(messages).flatMap(({ catalog }) => catalog?.streams.map(({ name }) => name) ?? []);
const logged = (messages: readonly string[]) =>
  parsed(messages).flatMap(({ log }) => (log ? [`${log.level} ${log.message}`] : []));

const SESSION = { 'POST /session': json({ id: 'token' }), 'DELETE /session': json({}) };

test('without a word about availability, discover lists every stream and sends nothing', async () => {
  const { messages, lines } = await run('', {}, (engine) => discover(engine, {}));
  expect(listed(messages)).toEqual(['open']);
  expect(lines).toEqual([]);
});

test.each<[string, Answer, boolean]>([
  ['200', json([]), true],
  ['402', json({}, 402), false],
  ['403', json({}, 403), false],
  ['404', json({}, 404), false],
  ['a 404 that an error handler ignores', json('gone', 404), true],
  ['400', json({}, 400), true],
  ['405', json({}, 405), true],
  ['429', json({}, 429), true],
  ['500', json({}, 500), true],
  ['a connection that fails', new Error('no route'), true],
])('when its request is answered by %s, whether it is listed is %s', async (_, answer, isListed) => {
  const streams = streamOf('special', NEEDS);
  const { messages, lines } = await run(streams, { ...SESSION, 'GET /special': answer }, (engine) =>
    discover(engine, {}),
  );
  expect(listed(messages)).toEqual(isListed ? ['open', 'special'] : ['open']);
  expect(lines).toEqual(['POST /session', 'GET /special', 'DELETE /session']);
});

test('of a stream that is not listed the log says what it needs; of a doubtful one, why', async () => {
  const answers = {
    ...SESSION,
    'GET /a': json({}, 403),
    'GET /b': new Error('no route'),
    'GET /c': new Error('no route'),
  };
  const streams = ['a', 'b', 'c'].map((name) => streamOf(name, NEEDS)).join('');
  const { messages } = await run(streams, answers, (engine) => discover(engine, {}));
  expect(logged(messages)).toEqual([
    'INFO a is not listed: it needs a special right.',
    'WARN It is not known whether these streams can be read, so they are listed: b, c. (no route)',
  ]);
});

test('a rejected login leaves all streams listed, and says so', async () => {
  const answers = { 'POST /session': json({}, 401) };
  const { messages, lines } = await run(streamOf('a', NEEDS) + streamOf('b', NEEDS), answers, (engine) =>
    discover(engine, {}),
  );
  expect(listed(messages)).toEqual(['open', 'a', 'b']);
  expect(logged(messages).join()).toMatch(/so they are listed: a, b\. \(.*401 Unauthorized/);
  expect(lines).toEqual(['POST /session']);
});

test('a session that has expired is renewed, once for all', async () => {
  const answers = { ...SESSION, 'GET /a': [json({}, 401), json({}, 403)], 'GET /b': [json({}, 401), json([])] };
  const { messages, lines } = await run(streamOf('a', NEEDS) + streamOf('b', NEEDS), answers, (engine) =>
    discover(engine, {}),
  );
  expect(listed(messages)).toEqual(['open', 'b']);
  expect(lines.filter((line) => line === 'POST /session')).toHaveLength(2);
});

test('streams that ask for the same send one request', async () => {
  const requester = `{ type: RequestAvailability, needs: x, requester: { $ref: '#/definitions/requester', path: cheap } }`;
  const streams = streamOf('a', `availability: ${requester}`) + streamOf('b', `availability: ${requester}`);
  const { messages, lines } = await run(streams, { ...SESSION, 'GET /cheap': json({}, 403) }, (engine) =>
    discover(engine, {}),
  );
  expect(listed(messages)).toEqual(['open']);
  expect(lines).toEqual(['POST /session', 'GET /cheap', 'DELETE /session']);
});

test('the body is given up as soon as the status is known', async () => {
  const endless = (): Response => piecewise(Array<string>(1000).fill('[{}'));
  const { asked } = await run(streamOf('a', NEEDS), { ...SESSION, 'GET /a': endless }, (engine) =>
    discover(engine, {}),
  );
  expect(asked.find(({ line }) => line === 'GET /a')?.init.signal?.aborted).toBe(true);
});

test('every stream of the manifest is listed by discover --all, without a request', async () => {
  const { messages, lines } = await run(streamOf('a', NEEDS), {}, discoverAll);
  expect(listed(messages)).toEqual(['open', 'a']);
  expect(lines).toEqual([]);
});

/** An answer that never comes; the request ends when it is given up. */
const never: Answer = ({ init }) =>
  new Promise((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
  });

test('a server that does not begin its answer in time leaves it unknown', async () => {
  const { client } = fakeClient({ 'GET /thing': never });
  const isOffered = createAsker({
    client,
    slots: () => createSlots(1),
    debug: () => undefined,
    signal: () => undefined,
    longestMs: 5,
  });
  await expect(isOffered(GET_THING, { name: 'things', authenticator: noAuth })).rejects.toThrow(
    'no answer within 0.005 s',
  );
});

test('no more requests are in flight than the limit says', async () => {
  let [inFlight, most] = [0, 0];
  const slow: Answer = async () => {
    most = Math.max(most, ++inFlight);
    await new Promise((resolve) => setTimeout(resolve, 1));
    inFlight -= 1;
    return json([]);
  };
  const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
  const answers = Object.fromEntries(names.map((name) => [`GET /${name}`, slow]));
  const streams = names.map((name) => streamOf(name, NEEDS)).join('');
  const { messages } = await run(streams, { ...SESSION, ...answers }, (engine) => discover(engine, {}));
  expect(listed(messages)).toHaveLength(21);
  expect(most).toBe(8);
});

test('when the time for all of them is up, those that are not known are listed', async () => {
  const logs: string[] = [];
  const stream = (name: string, isOffered: () => Promise<boolean>) =>
    ({ name, availability: { needs: 'x', isOffered } }) as unknown as Parameters<typeof offeredStreams>[0][number];
  const streams = [
    stream('slow', () => new Promise(() => undefined)),
    stream('refused', () => Promise.resolve(false)),
    stream('failing', () => Promise.reject(new Error('no'))),
  ];
  const refused: string[] = [];
  const names = await offeredStreams(streams, {
    log: (level, text) => logs.push(`${level} ${text}`),
    refused: ({ name }) => refused.push(name),
    longestMs: 5,
  });
  expect(names.map(({ name }) => name)).toEqual(['slow', 'failing']);
  expect(refused).toEqual(['refused']);
  expect(logs).toContainEqual(expect.stringMatching(/listed: slow\. \(no answer within 0\.005 s\)$/));
});

test('at read, a refused stream is INCOMPLETE with what it needs, and the others finish', async () => {
  const answers = { ...SESSION, 'GET /open': json([{ id: 1 }]), 'GET /special': json({}, 403) };
  const catalog: JsonObject = {
    streams: ['open', 'special'].map((name) => ({ stream: { name }, sync_mode: 'full_refresh' })),
  };
  const streams = streamOf('special', NEEDS);
  const { messages, thrown } = await run(streams, answers, (engine) => read(engine, {}, catalog));
  expect(thrown).toMatchObject({ failureType: 'config_error' });
  const text = messages.join('\n');
  expect(text).toMatch(/"name":"open"\},"status":"COMPLETE"/);
  expect(text).toMatch(/"name":"special"\},"status":"INCOMPLETE"/);
  expect(text).toContain('The stream \\"special\\" needs a special right.');
});
