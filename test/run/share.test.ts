// Replies that several streams need.
import { expect, test } from 'vitest';
import type { OutgoingRequest, SentReply } from '../../engine/components/kinds.ts';
import type { SendOptions } from '../../engine/components/scope.ts';
import { BrokenReplyError, TransientError } from '../../engine/errors.ts';
import { replyOf } from '../../engine/run/reply.ts';
import { shareReplies } from '../../engine/run/share.ts';
import { piecewise } from '../support/http.ts';

const get = (path: string): OutgoingRequest => ({
  method: 'GET',
  url: `https://example.com/${path}`,
  headers: {},
  params: {},
  bodyJson: {},
  bodyForm: {},
  bodyText: undefined,
});
const THING = get('thing');

const neededBy = (users: number): SendOptions => ({
  name: 'things',
  authenticator: { credentials: () => Promise.resolve({}) },
  users: () => users,
});

type Body = readonly (string | Uint8Array | Error)[];

/** A `send` that answers with one body after the other, also when it is asked again; counts how often it was asked. */
function sharing(...bodies: (Body | Error | undefined)[]) {
  const asked: string[] = [];
  const answer = (request: OutgoingRequest): Promise<SentReply | undefined> => {
    asked.push(request.url);
    const body = bodies.length > 1 ? bodies.shift() : bodies[0];
    if (body === undefined) return Promise.resolve(undefined);
    if (body instanceof Error) return Promise.reject(body);
    const response = piecewise(body);
    const reply = replyOf('GET', request.url, response);
    return Promise.resolve({ ...reply, again: () => answer(request) });
  };
  const shared = shareReplies(answer);
  return { send: shared.send, sendAndKeep: shared.sendAndKeep, close: () => shared.close(), asked };
}

test('two that need the same reply cause one request, and each reads all of it', async () => {
  const { send, asked, close } = sharing(['one ', 'two']);
  const [first, second] = await Promise.all([send(THING, neededBy(2)), send(THING, neededBy(2))]);
  expect([await first?.text(), await second?.text()]).toEqual(['one two', 'one two']);
  expect(asked).toHaveLength(1);
  await close();
});

test('one that comes later gets the same reply', async () => {
  const { send, asked } = sharing(['one']);
  const first = await send(THING, neededBy(2));
  expect(await first?.text()).toBe('one');
  expect(await (await send(THING, neededBy(2)))?.text()).toBe('one');
  expect(asked).toHaveLength(1);
});

test('after the last one who needs it a reply is forgotten', async () => {
  const { send, asked } = sharing(['old'], ['new']);
  for (const expected of ['old', 'old', 'new']) {
    expect(await (await send(THING, neededBy(2)))?.text()).toBe(expected);
  }
  expect(asked).toHaveLength(2);
});

test('a reply that one alone needs is passed on as it comes', async () => {
  const { send, asked } = sharing(['one']);
  await send(THING, neededBy(1));
  await send(THING, { ...neededBy(1), users: undefined });
  expect(asked).toHaveLength(2);
});

test('a reply that is kept answers whoever asks for it later, once, though nobody said so', async () => {
  const { send, sendAndKeep, asked } = sharing(['old'], ['new']);
  // Read in part only.
  for await (const chunk of (await sendAndKeep(THING, neededBy(1)))?.body() ?? []) if (chunk.length > 0) break;
  await send(get('other'), neededBy(1));
  expect(asked).toHaveLength(2);
  expect(await (await send(THING, neededBy(1)))?.text()).toBe('old');
  expect(await (await send(THING, neededBy(1)))?.text()).toBe('new');
  expect(asked).toHaveLength(3);
});

test('a reply that is kept answers those too of whom it is known that they need it', async () => {
  const { send, sendAndKeep, asked } = sharing(['one']);
  await (await sendAndKeep(THING, neededBy(2)))?.text();
  for (let reader = 0; reader < 2; reader += 1) expect(await (await send(THING, neededBy(2)))?.text()).toBe('one');
  expect(asked).toHaveLength(1);
});

test('other URLs and other parameters are other replies', async () => {
  const { send, asked } = sharing(['one']);
  await send(THING, neededBy(2));
  await send({ ...THING, params: { page: 2 } }, neededBy(2));
  await send(get('other'), neededBy(2));
  expect(asked).toHaveLength(3);
});

test('a POST is never shared', async () => {
  const { send, asked } = sharing(['one']);
  await Promise.all([send({ ...THING, method: 'POST' }, neededBy(2)), send({ ...THING, method: 'POST' }, neededBy(2))]);
  expect(asked).toHaveLength(2);
});

test('that a reply is ignored holds for all who need it', async () => {
  const { send, asked } = sharing(undefined);
  expect(await Promise.all([send(THING, neededBy(2)), send(THING, neededBy(2))])).toEqual([undefined, undefined]);
  expect(asked).toHaveLength(1);
});

test('an error is told to all who need the reply', async () => {
  const failure = new TransientError('No reply.');
  const { send, asked } = sharing(failure);
  const both = await Promise.allSettled([send(THING, neededBy(2)), send(THING, neededBy(2))]);
  expect(both.map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual([failure, failure]);
  expect(asked).toHaveLength(1);
});

test('a body that breaks off is asked for again before anybody has seen of it', async () => {
  const { send, asked } = sharing(['hal', new Error('cut')], ['whole']);
  const [first, second] = await Promise.all([send(THING, neededBy(2)), send(THING, neededBy(2))]);
  expect([await first?.text(), await second?.text()]).toEqual(['whole', 'whole']);
  expect(asked).toHaveLength(2);
});

test('a body that breaks off for good is an error for all', async () => {
  const gone = new TransientError('No attempt is left.');
  const { send } = sharing(['hal', new Error('cut')], gone);
  const both = await Promise.allSettled([send(THING, neededBy(2)), send(THING, neededBy(2))]);
  expect(both.map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual([gone, gone]);
});

test('a shared reply can be asked for again, by each reader for itself', async () => {
  const { send, asked } = sharing(['<html>'], ['{}']);
  const [first] = await Promise.all([send(THING, neededBy(2)), send(THING, neededBy(2))]);
  const again = await first?.again(new BrokenReplyError('It is HTML.'));
  expect(await again?.text()).toBe('{}');
  expect(asked).toHaveLength(2);
});

test('past 64 MiB the oldest reply in memory is forgotten, and asked for again by who needs it', async () => {
  const { send, asked, close } = sharing([Buffer.alloc(4 * 1024 * 1024, 'x')]);
  const paths = Array.from({ length: 17 }, (_, index) => `thing/${index}`);
  for (const path of paths) await (await send(get(path), neededBy(2)))?.text();
  expect(asked).toHaveLength(17);
  await send(get('thing/16'), neededBy(2));
  await send(get('thing/1'), neededBy(2));
  expect(asked).toHaveLength(17);
  await send(get('thing/0'), neededBy(2));
  expect(asked).toHaveLength(18);
  await close();
});

test('after closing nothing is kept', async () => {
  const { send, asked, close } = sharing(['one']);
  await send(THING, neededBy(2));
  await close();
  await send(THING, neededBy(2));
  expect(asked).toHaveLength(2);
});

test('more readers than were announced read the whole reply too', async () => {
  const { send } = sharing([Buffer.alloc(5 * 1024 * 1024, 'x')]);
  const replies = await Promise.all([1, 2, 3].map(() => send(THING, neededBy(2))));
  const lengths: (number | undefined)[] = [];
  for (const reply of replies) lengths.push((await reply?.text())?.length);
  expect(lengths).toEqual([1, 2, 3].map(() => 5 * 1024 * 1024));
});
