// The shapes of the messages.
import { expect, test } from 'vitest';
import { ConfigError, SystemError } from '../../engine/errors.ts';
import * as messages from '../../engine/protocol/messages.ts';

const status = (stream_status: object) => ({
  type: 'TRACE',
  trace: {
    type: 'STREAM_STATUS',
    emitted_at: 5,
    stream_status: { stream_descriptor: { name: 'users' }, ...stream_status },
  },
});

test.each([
  [messages.log('WARN', 'Careful.'), { type: 'LOG', log: { level: 'WARN', message: 'Careful.' } }],
  [messages.specification({ a: 1 }), { type: 'SPEC', spec: { a: 1 } }],
  [messages.catalog([{ name: 'users' }]), { type: 'CATALOG', catalog: { streams: [{ name: 'users' }] } }],
  [
    messages.connectionStatus('FAILED', 'No.'),
    { type: 'CONNECTION_STATUS', connectionStatus: { status: 'FAILED', message: 'No.' } },
  ],
  [messages.connectionStatus('SUCCEEDED'), { type: 'CONNECTION_STATUS', connectionStatus: { status: 'SUCCEEDED' } }],
  [messages.streamStatus('users', 'STARTED', 5), status({ status: 'STARTED' })],
  [
    messages.rateLimited('users', 7.2, 5),
    status({ status: 'RUNNING', reasons: [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: 8 } }] }),
  ],
  [
    messages.state('users', 3),
    {
      type: 'STATE',
      state: {
        type: 'STREAM',
        stream: { stream_descriptor: { name: 'users' }, stream_state: { __ab_no_cursor_state_message: true } },
        sourceStats: { recordCount: 3 },
      },
    },
  ],
])('a message has its shape: %j', (message, shape) => {
  expect(message).toEqual(shape);
});

test('an error trace has the words for the user, those for the log, the stack and whose problem it is', () => {
  const error = new ConfigError('Check the key.', { internalMessage: '401' });
  expect(messages.errorTrace(error, 5, 'users')).toEqual({
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: 5,
      error: {
        message: 'Check the key.',
        internal_message: '401',
        stack_trace: error.stack,
        failure_type: 'config_error',
        stream_descriptor: { name: 'users' },
      },
    },
  });
});

test('an error trace of no stream names none, and repeats its words for the log', () => {
  const message = messages.errorTrace(new SystemError('Odd.'), 5) as unknown as { trace: { error: object } };
  expect(message.trace.error).toMatchObject({
    message: 'Odd.',
    internal_message: 'Odd.',
    failure_type: 'system_error',
  });
  expect(message.trace.error).not.toHaveProperty('stream_descriptor');
});

test('a record line keeps the bytes of its record and quotes the name of its stream', () => {
  const line = messages.recordLine('my "users"');
  for (const emittedAt of [5, 5, 6]) {
    expect(Buffer.concat(line(Buffer.from('{"a":1.10}'), emittedAt)).toString()).toBe(
      String.raw`{"type":"RECORD","record":{"stream":"my \"users\"","data":{"a":1.10},"emitted_at":${emittedAt}}}` +
        '\n',
    );
  }
});
