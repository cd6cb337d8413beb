// Replies, and how much of them is read ahead.
import { expect, test } from 'vitest';
import { BrokenReplyError } from '../../engine/errors.ts';
import { type IncomingReply, replyOf } from '../../engine/run/reply.ts';
import { all } from '../support/component.ts';
import { piecewise } from '../support/http.ts';

const URL = 'https://example.com/thing?key=SECRET';
const replyIn = (...pieces: (string | Uint8Array | Error)[]): IncomingReply => replyOf('GET', URL, piecewise(pieces));
const textOf = async (body: AsyncIterable<Uint8Array>): Promise<string> => Buffer.concat(await all(body)).toString();

test('a reply tells its status, headers and URL', () => {
  const reply = replyOf('GET', URL, new Response('', { status: 404, headers: { 'X-A': 'b' } }));
  expect([reply.method, reply.url, reply.status, reply.headers.get('x-a')]).toEqual(['GET', URL, 404, 'b']);
});

test('the body comes in its chunks', async () => {
  expect((await all(replyIn('a', 'bc').body())).map(String)).toEqual(['a', 'bc']);
});

test('after text or json the body is given again from memory', async () => {
  const reply = replyIn('{"a"', ':1}');
  expect(await reply.text()).toBe('{"a":1}');
  expect(await textOf(reply.body())).toBe('{"a":1}');
  expect(await textOf(reply.body())).toBe('{"a":1}');
  expect(JSON.stringify(await reply.json())).toBe(JSON.stringify(await reply.json()));
});

test('a character that is cut between two chunks is whole', async () => {
  const bytes = Buffer.from('é€😀');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    expect(await replyIn(bytes.subarray(0, cut), bytes.subarray(cut)).text()).toBe('é€😀');
  }
});

test.each(['', 'Not found.', '{"a":', '<html>'])('%j is not JSON', async (body) => {
  expect(await replyIn(body).json()).toBeUndefined();
});

test('a reply without a body is an empty one', async () => {
  expect(await replyOf('GET', URL, new Response(null, { status: 204 })).text()).toBe('');
});

test('the excerpt is the beginning of what was read', async () => {
  const reply = replyIn('first ', 'x'.repeat(300));
  expect(reply.excerpt()).toBe('');
  await reply.text();
  expect(reply.excerpt()).toBe(`first ${'x'.repeat(194)}`);
});

test('a body that breaks off is told as such, without the query of its URL', async () => {
  const failure = replyIn('a', new Error('terminated')).text();
  await expect(failure).rejects.toThrow(BrokenReplyError);
  await expect(failure).rejects.toThrow(
    'The reply to GET https://example.com/thing broke off part-way. Try again later.',
  );
});

test('a body that is stopped is told by what stopped it', async () => {
  const abort = new AbortController();
  const reply = replyOf('GET', URL, piecewise(['a', new Error('terminated')]), abort.signal);
  abort.abort(new Error('stopped'));
  await expect(reply.text()).rejects.toThrow('stopped');
});

/** Reads ahead, and tells whether it is done. */
async function ahead(...pieces: (string | Uint8Array | Error)[]) {
  let done = 0;
  let isCancelled = false;
  const reply = replyOf(
    'GET',
    URL,
    piecewise(pieces, () => (isCancelled = true)),
  );
  await reply.readAhead(() => (done += 1));
  return { reply, isDone: () => done > 0, isCancelled: () => isCancelled };
}

const CHUNK = Buffer.alloc(64 * 1024, 'x');

test('a short body is done before anybody reads it', async () => {
  const { reply, isDone } = await ahead('short');
  expect(isDone()).toBe(true);
  expect(await reply.text()).toBe('short');
});

test('a long body is done when its reader is', async () => {
  const { reply, isDone } = await ahead(CHUNK, CHUNK, 'end');
  expect(isDone()).toBe(false);
  const text = await reply.text();
  expect([text.length, text.endsWith('xend'), isDone()]).toEqual([2 * CHUNK.length + 3, true, true]);
});

test('no more than 128 KiB and a chunk are read ahead', async () => {
  let pulled = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        pulled += CHUNK.length;
        controller.enqueue(CHUNK);
      },
    },
    { highWaterMark: 0 },
  );
  await replyOf('GET', URL, new Response(stream)).readAhead(() => undefined);
  expect(pulled).toBe(128 * 1024);
});

test('a body that breaks off early is done, and its reader is told after what came before', async () => {
  const { reply, isDone } = await ahead('first', new Error('terminated'));
  expect(isDone()).toBe(true);
  const iterator = reply.body()[Symbol.asyncIterator]();
  expect(String((await iterator.next()).value)).toBe('first');
  await expect(iterator.next()).rejects.toThrow(BrokenReplyError);
});

test('a body that breaks off late is done then', async () => {
  const { reply, isDone } = await ahead(CHUNK, CHUNK, new Error('terminated'));
  expect(isDone()).toBe(false);
  await expect(reply.text()).rejects.toThrow(BrokenReplyError);
  expect(isDone()).toBe(true);
});

test('a reader that stops early is done and cancels the rest', async () => {
  const { reply, isDone, isCancelled } = await ahead(CHUNK, CHUNK, CHUNK, CHUNK);
  for await (const chunk of reply.body()) if (chunk.length > 0) break;
  expect([isDone(), isCancelled()]).toEqual([true, true]);
});

test('the excerpt of a reply that was read ahead is of what its reader has read', async () => {
  const { reply } = await ahead('some text');
  await reply.text();
  expect(reply.excerpt()).toBe('some text');
});

test.each([
  [['{"a":1}'], '{'],
  [['\n', ' \n[', ']'], '['],
  [[], ''],
  [['  '], ''],
])('the body %j opens with %j and is whole', async (texts, opening) => {
  const reply = replyIn(...texts);
  expect(await reply.opening()).toBe(opening);
  expect(await reply.opening()).toBe(opening);
  expect(await reply.text()).toBe(texts.join(''));
});

test('no more of a body is read than its opening', async () => {
  const reply = replyIn('[1,', new Error('read on'));
  expect(await reply.opening()).toBe('[');
  await expect(reply.text()).rejects.toThrow('broke off');
});

test('the opening of a body that has been read is told from memory', async () => {
  const reply = replyIn('\n', ' {"a":1}');
  await reply.text();
  expect(await reply.opening()).toBe('{');
});

test('a reply whose opening or whole body has been looked at is read ahead like any other', async () => {
  const looks: ((reply: IncomingReply) => Promise<string>)[] = [(reply) => reply.opening(), (reply) => reply.text()];
  for (const look of looks) {
    const reply = replyIn('[1', ',2]');
    await look(reply);
    let isDone = false;
    await reply.readAhead(() => (isDone = true));
    expect([isDone, await textOf(reply.body())]).toEqual([true, '[1,2]']);
  }
});

test('the headers of a reply are made only when somebody asks for them', () => {
  let asked = 0;
  const response = {
    status: 200,
    get headers() {
      asked += 1;
      return new Headers({ 'X-A': 'b' });
    },
    body: null,
  };
  const reply = replyOf('GET', URL, response);
  expect(asked).toBe(0);
  expect(reply.headers.get('x-a')).toBe('b');
});
