// Sends a request until it has its reply: credentials, the error handler's verdict, waits and retries.
import { STATUS_CODES } from 'node:http';
import { defaultErrorHandler, adviceFor } from '../components/http-errors.ts';
import type { ErrorHandler, OutgoingRequest, Outcome, PartialParts, Reply, Verdict } from '../components/kinds.ts';
import type { Clock, Scope, SendOptions } from '../components/scope.ts';
import { plainUrl } from '../components/variables.ts';
import { type EngineError, errorOf, TransientError } from '../errors.ts';
import { encode } from './encode.ts';
import { exchange, reasonOf } from './exchange.ts';

/** All attempts of one request together, as in the reference engine. */
const BUDGET_MS = 600_000;
const LONGEST_BACKOFF_MS = 60_000;
const QUOTED_CHARACTERS = 300;

export interface SenderOptions {
  clock: Clock;
  random: () => number;
  log: Scope['log'];
  signal?: AbortSignal | undefined;
}

const nameOf = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** What the server said, shortened; empty for HTML, which says nothing to people. */
async function said(reply: Reply): Promise<string> {
  const text = (await reply.text().catch(() => '')).trim();
  if (text === '' || text.startsWith('<')) return '';
  return ` The server said: ${JSON.stringify(text.slice(0, QUOTED_CHARACTERS))}.`;
}

/** The error of a request that will not be tried again. */
async function failureOf(
  request: OutgoingRequest,
  outcome: Outcome,
  { failureType, message }: Verdict,
): Promise<EngineError> {
  const what = `${request.method} ${plainUrl(request.url)}`;
  if ('error' in outcome) {
    const { error } = outcome;
    const text = message ?? `${what} got no answer: ${reasonOf(error)}. Check the URL and the network.`;
    return errorOf(failureType, text, { cause: error });
  }
  const status = nameOf(outcome.reply.status);
  const detail = `Request failed with status code ${status}: ${what}.${await said(outcome.reply)}`;
  if (message !== undefined)
    return errorOf(failureType, `${message} (${what} answered ${status}.)`, { internalMessage: detail });
  return errorOf(failureType, `${detail} ${adviceFor(outcome.reply.status)}`);
}

/** Milliseconds that Retry-After asks for: seconds or a date (RFC 9110); undefined without one. */
function retryAfterMs(outcome: Outcome, now: number): number | undefined {
  const header = 'reply' in outcome ? outcome.reply.headers.get('retry-after') : null;
  if (header === null) return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

export function createSender({ clock, random, log, signal }: SenderOptions): Scope['send'] {
  /** Milliseconds before the next attempt: as the manifest says, as the server says, else doubling with full jitter. */
  function waitMs(handler: ErrorHandler, outcome: Outcome, attempt: number): number {
    const seconds = handler.delaySeconds(outcome, attempt);
    if (seconds !== undefined) return seconds * 1000;
    const ceiling = Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** attempt);
    return retryAfterMs(outcome, clock.now()) ?? ceiling * random();
  }

  async function attemptOnce(request: OutgoingRequest, credentials: PartialParts, name: string): Promise<Outcome> {
    const encoded = encode(request, credentials);
    const outcome = await exchange(encoded, signal);
    const result = 'reply' in outcome ? nameOf(outcome.reply.status) : reasonOf(outcome.error);
    log('DEBUG', `${name}: ${encoded.method} ${plainUrl(encoded.url.href)} -> ${result}`);
    return outcome;
  }

  return async function send(request: OutgoingRequest, options: SendOptions): Promise<Reply | undefined> {
    const { name, authenticator, errorHandler = defaultErrorHandler, ignore = [] } = options;
    const startedAt = clock.now();
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const credentials = options.credentials ?? (await authenticator.credentials());
      const outcome = await attemptOnce(request, credentials, name);
      const status = 'reply' in outcome ? outcome.reply.status : undefined;
      const verdict: Verdict =
        status !== undefined && ignore.includes(status)
          ? { action: 'IGNORE', failureType: 'system_error' }
          : await errorHandler.judge(outcome);
      if (verdict.action === 'SUCCESS' && 'reply' in outcome) return outcome.reply;
      if (verdict.action === 'IGNORE') {
        if ('reply' in outcome) await outcome.reply.text();
        if (!ignore.includes(status ?? 0)) {
          log(
            'WARN',
            verdict.message ??
              `${name}: ${request.method} ${plainUrl(request.url)} answered ${nameOf(status ?? 0)}: left out.`,
          );
        }
        return undefined;
      }
      if (verdict.action === 'FAIL') {
        if (status !== 401 || isRenewed || options.credentials) throw await failureOf(request, outcome, verdict);
        isRenewed = true;
        if (!(await authenticator.renew?.(credentials))) throw await failureOf(request, outcome, verdict);
        continue;
      }
      if (attempt > errorHandler.maxRetries) throw await failureOf(request, outcome, verdict);
      const wait = waitMs(errorHandler, outcome, attempt);
      if (clock.now() + wait - startedAt > BUDGET_MS) {
        const cause = await failureOf(request, outcome, verdict);
        throw new TransientError(`${cause.message} It was tried ${attempt} times; waiting longer was given up.`, {
          cause,
        });
      }
      log(
        'INFO',
        `${name}: ${request.method} ${plainUrl(request.url)} failed (${status ?? 'no answer'}); again in ${(wait / 1000).toFixed(1)} s.`,
      );
      await clock.sleep(wait, signal);
    }
  };
}
