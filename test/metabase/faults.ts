// Faults on demand: which requests they strike, how often, and what becomes of the reply.
import type { Settings } from './options.ts';
import { chunksOf, streamOf } from './stream.ts';

export type Fault = {
  match: { method?: string; /** Path with query: a string it begins with, or a pattern. */ path: string | RegExp };
  /** How many matching requests it strikes; all of them unless told. */
  times?: number;
  /** How many matching requests pass unharmed first. */
  after?: number;
  do: FaultAction;
};

type FaultAction =
  /** This reply instead of the true one. */
  | { status: number; headers?: Record<string, string>; body?: string }
  /** The true status and headers with another body. */
  | { rewriteBody: (body: string) => string }
  /** The connection ends before any reply. */
  | 'drop'
  /** The connection ends after this many bytes of the true body. */
  | { cutAfterBytes: number }
  /** A wait before each piece of the body. */
  | { slowMs: number; pieceBytes?: number }
  /** No reply, ever. */
  | 'hang';

/** How a dropped or cut connection shows inside the process; `serve.ts` destroys the socket for it. */
export class ConnectionEndedError extends Error {
  override name = 'ConnectionEndedError' as const;
}

const PIECE_BYTES = 1024;

/** Which fault strikes this request, counting it. A fault counts from the first request that it matches. */
export function makeFaultFinder(faults: Fault[]): (method: string, path: string) => FaultAction | undefined {
  const seen = new WeakMap<Fault, number>();
  return (method, path) => {
    for (const fault of faults) {
      if (!matches(fault, method, path)) continue;
      const count = seen.get(fault) ?? 0;
      seen.set(fault, count + 1);
      const first = fault.after ?? 0;
      if (count >= first && count < first + (fault.times ?? Infinity)) return fault.do;
    }
    return undefined;
  };
}

function matches({ match }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  return typeof match.path === 'string' ? path.startsWith(match.path) : match.path.test(path);
}

type Surroundings = { settings: Settings; signal: AbortSignal };

/** The reply after the fault; throws when the connection ends instead. */
export async function struck(action: FaultAction, reply: () => Response, around: Surroundings): Promise<Response> {
  if (action === 'drop') throw new ConnectionEndedError('The connection was dropped before the reply.');
  if (action === 'hang') return untilAborted(around.signal);
  if ('status' in action) {
    // 204 and 304 have no body, not even an empty one.
    const body = [204, 304].includes(action.status) ? null : (action.body ?? '');
    return new Response(body, { status: action.status, headers: action.headers ?? {} });
  }
  const whole = reply();
  if ('rewriteBody' in action) return withBody(whole, action.rewriteBody(await whole.text()), true);
  if (!whole.body) return whole;
  const pieces = 'slowMs' in action ? slowed(whole.body, action, around) : cut(whole.body, action.cutAfterBytes);
  return withBody(whole, streamOf(pieces), false);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new ConnectionEndedError('The client went away while nothing was answered.'));
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

function withBody(
  { status, headers }: Response,
  body: string | ReadableStream<Uint8Array>,
  hasNewLength: boolean,
): Response {
  const kept = new Headers(headers);
  if (hasNewLength) kept.delete('content-length');
  return new Response(body, { status, headers: kept });
}

async function* cut(body: ReadableStream<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunksOf(body)) {
    if (left > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) break;
  }
  throw new ConnectionEndedError(`The connection was cut after ${bytes} bytes of the body.`);
}

async function* slowed(
  body: ReadableStream<Uint8Array>,
  { slowMs, pieceBytes = PIECE_BYTES }: { slowMs: number; pieceBytes?: number },
  { settings, signal }: Surroundings,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunksOf(body)) {
    for (let start = 0; start < chunk.length; start += pieceBytes) {
      await settings.sleep(slowMs, signal);
      yield chunk.subarray(start, start + pieceBytes);
    }
  }
}
