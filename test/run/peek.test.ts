// The first character of a body, which can be read all the same.
import { expect, test } from 'vitest';
import { peekable } from '../../engine/run/peek.ts';
import { replyFrom } from '../../engine/run/reply.ts';
import { chunks } from '../support/component.ts';

const replyOf = (...texts: string[]) =>
  peekable(
    replyFrom({ method: 'GET', url: 'https://example.com', status: 200, headers: new Headers() }, chunks(...texts)),
  );

test.each([
  [['{"a":1}'], '{'],
  [['\n', ' \n[', ']'], '['],
  [[], ''],
  [['  '], ''],
])('the body %j opens with %j and is whole', async (texts, opening) => {
  const reply = replyOf(...texts);
  expect(await reply.opening?.()).toBe(opening);
  expect(await reply.opening?.()).toBe(opening);
  expect(await reply.text()).toBe(texts.join(''));
});

test('no more of a body is read than its opening', async () => {
  async function* endless() {
    yield await Promise.resolve(Buffer.from('[1,'));
    throw new Error('read on');
  }
  const head = { method: 'GET', url: 'https://example.com', status: 200, headers: new Headers() };
  const reply = peekable(replyFrom(head, endless()));
  expect(await reply.opening?.()).toBe('[');
  await expect(reply.text()).rejects.toThrow('read on');
});
