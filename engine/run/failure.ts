// The error of a request that will not be tried again: what failed, what the server said, what to do.
import { STATUS_CODES } from 'node:http';
import { adviceFor, isRefusal } from '../components/http-errors.ts';
import type { OutgoingRequest, Outcome, Reply, Verdict } from '../components/kinds.ts';
import type { SendOptions } from '../components/scope.ts';
import { plainUrl } from '../components/variables.ts';
import { BrokenReplyError, type EngineError, errorOf, RefusedError } from '../errors.ts';
import { reasonOf } from './exchange.ts';

const QUOTED_CHARACTERS = 300;

/** `403 Forbidden` */
export const statusText = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** What the server said, shortened; empty for HTML, which says nothing to people. */
async function said(reply: Reply): Promise<string> {
  const text = (await reply.text().catch(() => '')).trim();
  if (text === '' || text.startsWith('<')) return '';
  return ` The server said: ${JSON.stringify(text.slice(0, QUOTED_CHARACTERS))}.`;
}

/** For which stream it was sent. */
type Reader = Pick<SendOptions, 'name' | 'stream' | 'needs'>;

/** What a stream needs that not everybody can read, when the server refuses it; else undefined. */
function needOf(status: number, { name, stream = name, needs }: Reader): string | undefined {
  if (needs === undefined || !isRefusal(status)) return undefined;
  return `The stream "${stream}" needs ${needs}. Provide that, or leave the stream out of the sync.`;
}

export async function failureOf(
  request: OutgoingRequest,
  outcome: Outcome,
  { failureType, message }: Verdict,
  options: Reader = { name: request.url },
): Promise<EngineError> {
  const what = `${request.method} ${plainUrl(request.url)}`;
  if ('error' in outcome) {
    if (outcome.error instanceof BrokenReplyError && message === undefined) return outcome.error;
    const text = message ?? `${what} got no answer: ${reasonOf(outcome.error)}. Check the URL and the network.`;
    return errorOf(failureType, text, { cause: outcome.error });
  }
  const { status } = outcome.reply;
  const detail = `Request failed with status code ${statusText(status)}: ${what}.${await said(outcome.reply)}`;
  const need = needOf(status, options);
  const answer = message === undefined ? detail : `${message} (${what} answered ${statusText(status)}.)`;
  const details = message === undefined ? {} : { internalMessage: detail };
  if (need !== undefined) return new RefusedError(`${answer} ${need}`, details);
  return errorOf(failureType, message === undefined ? `${answer} ${adviceFor(status)}` : answer, details);
}
