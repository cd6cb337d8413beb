// What a reply or a broken connection means when the manifest does not say otherwise: DESIGN 5.10 and the reference engine's
// default error mapping (airbyte-cdk default_error_mapping.py), stricter where that one would retry in vain.
import type { FailureType } from '../errors.ts';
import type { ErrorHandler, Outcome, Verdict } from './kinds.ts';

interface Meaning {
  action: Verdict['action'];
  failureType: FailureType;
  /** What the user can do about it. */
  advice: string;
}

const meanings: Readonly<Record<number, Meaning>> = {
  400: { action: 'FAIL', failureType: 'system_error', advice: 'The server did not understand the request.' },
  401: {
    action: 'FAIL',
    failureType: 'config_error',
    advice: 'Check the credentials: the server does not accept them.',
  },
  403: { action: 'FAIL', failureType: 'config_error', advice: 'The credentials lack the right to read this.' },
  404: { action: 'FAIL', failureType: 'system_error', advice: 'Check the URL; or the server does not offer this.' },
  408: { action: 'RETRY', failureType: 'transient_error', advice: 'Try again later.' },
  429: { action: 'RATE_LIMITED', failureType: 'transient_error', advice: 'The server asks for fewer requests.' },
};
const serverFault: Meaning = {
  action: 'RETRY',
  failureType: 'transient_error',
  advice: 'The server has a problem; try again later.',
};
const refusal: Meaning = { action: 'FAIL', failureType: 'system_error', advice: 'The server refused the request.' };

/** True for a status that says that these credentials, or this server, do not have what was asked for. */
export const isRefusal = (status: number): boolean => status === 402 || status === 403 || status === 404;

/** The advice that goes with a status, for messages. */
export function adviceFor(status: number): string {
  return (meanings[status] ?? (status >= 500 ? serverFault : refusal)).advice;
}

export function defaultVerdict(outcome: Outcome): Verdict {
  if ('error' in outcome) return { action: 'RETRY', failureType: 'transient_error' };
  const { status } = outcome.reply;
  if (status >= 200 && status < 300) return { action: 'SUCCESS', failureType: 'system_error' };
  const { action, failureType } = meanings[status] ?? (status >= 500 ? serverFault : refusal);
  return { action, failureType };
}

/** The handler of a request whose manifest names none. */
export const defaultErrorHandler: ErrorHandler = {
  judge: (outcome) => Promise.resolve(defaultVerdict(outcome)),
  delaySeconds: () => Promise.resolve(undefined),
  maxRetries: 5,
};
