// Asks whether a request would be answered: one attempt, given up as soon as its status is known, or after a while.
import { defaultErrorHandler, isRefusal } from '../components/http-errors.ts';
import type { Authenticator, Outcome, PartialParts } from '../components/kinds.ts';
import type { Scope } from '../components/scope.ts';
import { plainUrl } from '../components/variables.ts';
import { TransientError } from '../errors.ts';
import { encode, type EncodedRequest } from './encode.ts';
import { exchange, reasonOf } from './exchange.ts';
import { statusText } from './failure.ts';
import type { HttpClient } from './http.ts';
import type { SenderOptions } from './send.ts';
import type { Slots } from './slots.ts';

export interface AskerOptions {
  client: HttpClient;
  slots: () => Slots;
  debug: SenderOptions['debug'];
  signal: () => AbortSignal | undefined;
  /** How long the server may take to begin its answer. */
  longestMs: number;
}

/** A `isOffered`. Streams that ask for the same share the answer. Rejects when there is none in time, or the connection fails. */
export function createAsker({ client, slots, debug, signal, longestMs }: AskerOptions): Scope['isOffered'] {
  const answers = new Map<Authenticator, Map<string, Promise<Outcome>>>();

  async function attempt(encoded: EncodedRequest, known: AbortSignal): Promise<Outcome> {
    const time = AbortSignal.timeout(longestMs);
    const limits = [known, time, signal() ?? []].flat();
    const outcome = await exchange(encoded, { client, signal: AbortSignal.any(limits) }).catch((thrown: unknown) => {
      throw time.aborted ? new TransientError(`no answer within ${longestMs / 1000} s`) : thrown;
    });
    // The body of a refusal is short, and an error handler may want to look into it.
    if ('reply' in outcome && isRefusal(outcome.reply.status)) await outcome.reply.text();
    return outcome;
  }

  async function ask(authenticator: Authenticator, encode: (credentials: PartialParts) => EncodedRequest) {
    const { giveBack } = await slots().take();
    const known = new AbortController();
    try {
      const credentials = await authenticator.credentials();
      const outcome = await attempt(encode(credentials), known.signal);
      const isExpired = 'reply' in outcome && outcome.reply.status === 401;
      if (!isExpired || !(await authenticator.renew?.(credentials))) return outcome;
      return await attempt(encode(await authenticator.credentials()), known.signal);
    } finally {
      known.abort();
      giveBack();
    }
  }

  return async (request, { name, authenticator, errorHandler = defaultErrorHandler, hasFallback }) => {
    const known = answers.get(authenticator) ?? new Map<string, Promise<Outcome>>();
    answers.set(authenticator, known);
    const { method, url, body = '' } = encode(request, {});
    const key = `${method} ${url.href} ${body}`;
    const answer = known.get(key) ?? ask(authenticator, (credentials) => encode(request, credentials));
    known.set(key, answer);
    const outcome = await answer;
    debug(() => {
      const result = 'reply' in outcome ? statusText(outcome.reply.status) : reasonOf(outcome.error);
      return `${name}: can it be read? ${method} ${plainUrl(url.href)} -> ${result}`;
    });
    if ('error' in outcome) throw outcome.error;
    if (!isRefusal(outcome.reply.status)) return true;
    const { action } = await errorHandler.judge(outcome);
    return action === 'SUCCESS' || (action === 'IGNORE' && hasFallback !== true);
  };
}
