// A sender over a fake client, with a clock that only moves when something sleeps; it remembers what it said and how long it slept.
import type { Authenticator, OutgoingRequest } from '../../engine/components/kinds.ts';
import type { SendOptions } from '../../engine/components/scope.ts';
import { createSender } from '../../engine/run/send.ts';
import { createSlots, type Slots } from '../../engine/run/slots.ts';
import { type Answer, fakeClient } from './http.ts';

export const NOON = Date.UTC(2026, 10, 21, 12);

export const GET_THING: OutgoingRequest = {
  method: 'GET',
  url: 'https://example.com/thing',
  headers: {},
  params: {},
  bodyJson: {},
  bodyForm: {},
  bodyText: undefined,
};

export const noAuth: Authenticator = { credentials: () => Promise.resolve({}) };

export interface SenderSetup {
  random?: () => number;
  signal?: AbortSignal;
  slots?: Slots;
}

export function sender(answers: Record<string, Answer | Answer[]>, setup: SenderSetup = {}) {
  const { random = () => 0.5, signal, slots = createSlots(4) } = setup;
  const { client, asked } = fakeClient(answers);
  const logs: string[] = [];
  const sleeps: number[] = [];
  const told: string[] = [];
  let now = NOON;
  const send = createSender({
    client,
    slots,
    random,
    signal: () => signal,
    clock: {
      now: () => now,
      sleep: (ms, stop) => {
        if (stop?.aborted) return Promise.reject(stop.reason as Error);
        sleeps.push(ms);
        now += ms;
        return Promise.resolve();
      },
    },
    log: (level, message) => logs.push(`${level} ${message}`),
    debug: (message) => logs.push(`DEBUG ${message()}`),
    monitor: {
      rateLimited: (stream, until) => told.push(`${stream} is limited for ${until - now} ms`),
      retried: (stream) => told.push(`${stream} is retried`),
      skipped: (stream) => told.push(`${stream} is skipped`),
      hasEnded: () => false,
    },
  });
  return {
    asked,
    logs,
    sleeps,
    told,
    sendThing: (options: Partial<SendOptions> = {}) =>
      send(GET_THING, { name: 'things', authenticator: noAuth, ...options }),
    send,
  };
}
