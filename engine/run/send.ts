// Sends a request until it has its reply: credentials, the error handler's verdict, waits and retries.
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultErrorHandler } from '../components/http-errors.ts';
import type {
  ErrorHandler,
  OutgoingRequest,
  Outcome,
  PartialParts,
  Reply,
  SentReply,
  Verdict,
} from '../components/kinds.ts';
import type { Clock, Monitor, Scope, SendOptions } from '../components/scope.ts';
import { plainUrl } from '../components/variables.ts';
import { BrokenReplyError, type EngineError, TransientError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../text/json.ts';
import { pythonText } from '../text/python.ts';
import { encode } from './encode.ts';
import { exchange, type Exchanged, reasonOf } from './exchange.ts';
import { failureOf, statusText } from './failure.ts';
import type { HttpClient } from './http.ts';
import type { Slots } from './slots.ts';

/** All attempts of one request together, as in the reference engine. */
const BUDGET_MS = 600_000;
const LONGEST_BACKOFF_MS = 60_000;

/** What the path of a URL does not tell of the partition it is asked for, such as a parent's id in a query parameter. */
function unnamed(url: string, partition: JsonObject = {}): string {
  const segments = new URL(url).pathname.split('/');
  const values = Object.entries(partition).filter(
    ([, value]) => !isJsonObject(value) && !segments.includes(encodeURIComponent(pythonText(value))),
  );
  return values.length === 0 ? '' : ` (${values.map(([name, value]) => `${name} ${pythonText(value)}`).join(', ')})`;
}

export interface SenderOptions {
  client: HttpClient;
  slots: Slots;
  clock: Clock;
  random: () => number;
  log: Scope['log'];
  /** For whoever asks for every request; the message is made only then. */
  debug: (message: () => string) => void;
  monitor: Monitor;
  /** The signal in force: another one while sessions are closed. */
  signal: () => AbortSignal | undefined;
}

/** The attempts of one request so far. */
interface Attempts {
  count: number;
  startedAt: number;
  isRenewed: boolean;
  /** How often each response filter with a limit of its own has asked for another attempt. */
  readonly perFilter: Map<unknown, number>;
}

/** The stream that is read, and what is requested for it if that has another name. */
const labelOf = ({ name, stream = name }: SendOptions): string => (stream === name ? name : `${stream} (${name})`);

/** Milliseconds that Retry-After asks for: seconds or a date (RFC 9110); undefined without one. */
function retryAfterMs(outcome: Outcome, now: number): number | undefined {
  const header = 'reply' in outcome ? outcome.reply.headers.get('retry-after') : null;
  if (header === null) return undefined;
  const ms = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** The verdict on an outcome. A body that breaks off while a handler looks into it is an outcome of its own. */
async function judge(handler: ErrorHandler, outcome: Exchanged): Promise<{ outcome: Exchanged; verdict: Verdict }> {
  try {
    return { outcome, verdict: await handler.judge(outcome) };
  } catch (error) {
    if (!(error instanceof BrokenReplyError)) throw error;
    return { outcome: { error }, verdict: await handler.judge({ error }) };
  }
}

export function createSender({
  client,
  slots,
  clock,
  random,
  log,
  debug,
  monitor,
  signal,
}: SenderOptions): Scope['send'] {
  /** Milliseconds before the next attempt: as the manifest says, as the server says, else doubling with full jitter. */
  async function waitMs({ errorHandler }: SendOptions, outcome: Outcome, attempt: number): Promise<number> {
    const seconds = await errorHandler?.delaySeconds(outcome, attempt);
    if (seconds !== undefined) return seconds * 1000;
    const ceiling = Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** attempt);
    return retryAfterMs(outcome, clock.now()) ?? ceiling * random();
  }

  /** Nobody waits for it any more: its stream has ended, and nobody shares the reply. */
  const isInVain = ({ name, stream = name, users }: SendOptions): boolean =>
    monitor.hasEnded(stream) && (users?.() ?? 1) === 1;

  /** Waits before another attempt. Throws `failure` when there is none left, in number or in time. */
  async function beforeRetry(
    options: SendOptions,
    attempts: Attempts,
    outcome: Outcome,
    verdict: Verdict,
    failure: () => Promise<EngineError>,
  ): Promise<void> {
    const used = attempts.perFilter.get(verdict.filter) ?? 0;
    attempts.perFilter.set(verdict.filter, used + 1);
    const { maxRetries } = options.errorHandler ?? defaultErrorHandler;
    const isOver = verdict.maxRetries === undefined ? attempts.count > maxRetries : used >= verdict.maxRetries;
    const { name, stream = name } = options;
    if (isOver || (options.isUrgent !== true && isInVain(options))) throw await failure();
    const wait = await waitMs(options, outcome, attempts.count);
    if (clock.now() + wait - attempts.startedAt > BUDGET_MS) {
      const { message } = await failure();
      throw new TransientError(
        `${message} The next attempt would be ${Math.ceil(wait / 1000)} s away: given up. Try again later.`,
      );
    }
    if (verdict.action === 'RATE_LIMITED') monitor.rateLimited(stream, clock.now() + wait);
    monitor.retried(stream);
    const reason = 'reply' in outcome ? statusText(outcome.reply.status) : reasonOf(outcome.error);
    log('INFO', `${name}: ${reason}; attempt ${attempts.count + 1} in ${(wait / 1000).toFixed(1)} s.`);
    await clock.sleep(wait, signal());
  }

  async function attemptOnce(
    request: OutgoingRequest,
    credentials: PartialParts,
    options: SendOptions,
  ): Promise<Exchanged> {
    const encoded = encode(request, credentials);
    const startedAt = clock.now();
    const { readTimeoutMs, name: purpose } = options;
    const outcome = await exchange(encoded, { client, signal: signal(), readTimeoutMs, purpose });
    const ms = clock.now() - startedAt;
    debug(() => {
      const result = 'reply' in outcome ? statusText(outcome.reply.status) : reasonOf(outcome.error);
      return `${labelOf(options)}: ${encoded.method} ${plainUrl(encoded.url.href)} -> ${result} (${ms} ms)`;
    });
    return outcome;
  }

  async function ignored(
    request: OutgoingRequest,
    options: SendOptions,
    reply: Reply | undefined,
    verdict: Verdict,
  ): Promise<void> {
    // Read, so that its connection can be used again; whether all of it comes does not matter.
    await reply?.text().catch(() => undefined);
    if (reply && options.ignore?.includes(reply.status)) return;
    const what = `${request.method} ${plainUrl(request.url)} ${reply ? `answered ${statusText(reply.status)}` : 'got no answer'}`;
    monitor.skipped(options.stream ?? options.name);
    log('WARN', `${options.name}: left out${unnamed(request.url, options.partition)}: ${verdict.message ?? what}`);
  }

  async function deliver(
    request: OutgoingRequest,
    options: SendOptions,
    attempts: Attempts,
  ): Promise<SentReply | undefined> {
    const { authenticator, errorHandler = defaultErrorHandler, ignore = [], isUrgent, isParent, isNextPage } = options;
    // Kept through all attempts: later replies of the stream hold theirs until this one has been read.
    const slot = isUrgent === true ? undefined : await slots.take(isNextPage);
    const giveBack = slot?.giveBack ?? (() => undefined);
    if (attempts.count === 0) attempts.startedAt = clock.now();
    let isReading = false;
    try {
      for (;;) {
        attempts.count += 1;
        const credentials = options.credentials ?? (await authenticator.credentials());
        const answer = await attemptOnce(request, credentials, options);
        const isExpected = 'reply' in answer && ignore.includes(answer.reply.status);
        const { outcome, verdict } = isExpected
          ? { outcome: answer, verdict: { action: 'IGNORE', failureType: 'system_error' } satisfies Verdict }
          : await judge(errorHandler, answer);
        const reply = 'reply' in outcome ? outcome.reply : undefined;
        if (verdict.action === 'SUCCESS' && reply) {
          isReading = isParent !== true;
          await reply.readAhead(giveBack);
          slot?.rest();
          // The same object: a copy would ask it for its headers.
          return Object.assign(reply, { again: (error: EngineError) => again(request, options, attempts, error) });
        }
        if (verdict.action === 'IGNORE') {
          await ignored(request, options, reply, verdict);
          return undefined;
        }
        if (verdict.action === 'FAIL') {
          const canRenew = reply?.status === 401 && !attempts.isRenewed && !options.credentials;
          attempts.isRenewed = true;
          if (canRenew && (await authenticator.renew?.(credentials))) {
            await reply.text().catch(() => undefined);
            continue;
          }
          throw await failureOf(request, outcome, verdict, options);
        }
        await beforeRetry(options, attempts, outcome, verdict, () => failureOf(request, outcome, verdict, options));
        await reply?.text().catch(() => undefined);
      }
    } finally {
      if (!isReading) giveBack();
    }
  }

  /** Asks once more for a reply whose body turned out broken. Throws the error when no attempt is left. */
  async function again(
    request: OutgoingRequest,
    options: SendOptions,
    attempts: Attempts,
    error: EngineError,
  ): Promise<SentReply | undefined> {
    const verdict = await (options.errorHandler ?? defaultErrorHandler).judge({ error });
    if ((verdict.action !== 'RETRY' && verdict.action !== 'RATE_LIMITED') || isInVain(options)) throw error;
    // Reading may have taken longer than the budget for asking.
    attempts.startedAt = clock.now();
    await beforeRetry(options, attempts, { error }, verdict, () => Promise.resolve(error));
    // Its reader waits for it, and whoever holds a slot may wait for the reader: it does not wait for one.
    return deliver(request, { ...options, isUrgent: true }, attempts);
  }

  return (request, options) =>
    deliver(request, options, { count: 0, startedAt: clock.now(), isRenewed: false, perFilter: new Map() });
}

/** The clock on the wall. */
export const wallClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => sleep(ms, undefined, signal && { signal }),
};
