// A reply of HTTP as components see it: its body is read once, in chunks or whole.
import type { Reply } from '../components/kinds.ts';
import { plainUrl } from '../components/variables.ts';
import { BrokenReplyError } from '../errors.ts';
import { parseJson } from '../text/json.ts';
import type { HttpResponse } from './http.ts';

const EXCERPT_BYTES = 200;
/** So much of a body is read ahead of its turn: most are shorter, and their connections are free again. */
const AHEAD_BYTES = 128 * 1024;

/** The chunks of a response. Throws BrokenReplyError when they break off, or what the signal says. */
async function* chunksOf(
  method: string,
  url: string,
  response: HttpResponse,
  signal: AbortSignal | undefined,
): AsyncIterable<Uint8Array> {
  try {
    yield* response.body ?? [];
  } catch (cause) {
    signal?.throwIfAborted();
    const what = `The reply to ${method} ${plainUrl(url)} broke off part-way. Try again later.`;
    throw new BrokenReplyError(what, { cause });
  }
}

export interface ReplyHead {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
}

/** A reply whose body is in `chunks`. */
export function replyFrom({ method, url, status, headers }: ReplyHead, chunks: AsyncIterable<Uint8Array>): Reply {
  let whole: Promise<Buffer> | undefined;
  let head = Buffer.alloc(0);

  async function* body(): AsyncIterable<Uint8Array> {
    if (whole) {
      yield await whole;
      return;
    }
    for await (const chunk of chunks) {
      if (head.length < EXCERPT_BYTES) head = Buffer.concat([head, chunk]).subarray(0, EXCERPT_BYTES);
      yield chunk;
    }
  }

  async function readWhole(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const chunk of body()) parts.push(chunk);
    return Buffer.concat(parts);
  }

  const text = async (): Promise<string> => (await (whole ??= readWhole())).toString('utf8');
  return {
    method,
    url,
    status,
    headers,
    body,
    text,
    async json() {
      try {
        return parseJson(await text());
      } catch (thrown) {
        if (thrown instanceof SyntaxError) return undefined;
        throw thrown;
      }
    },
    excerpt: () => head.toString('utf8'),
  };
}

export function replyOf(method: string, url: string, response: HttpResponse, signal?: AbortSignal): Reply {
  const { status, headers } = response;
  return replyFrom({ method, url, status, headers }, chunksOf(method, url, response, signal));
}

/**
 * Reads the start of a body ahead, and calls `done` once all of it has been read, given up or broken off. An error shows when
 * the reader gets to it.
 */
export async function readAhead(reply: Reply, done: () => void): Promise<Reply> {
  const iterator = reply.body()[Symbol.asyncIterator]();
  const ahead: Uint8Array[] = [];
  let size = 0;
  let rest: 'more' | 'none' | { readonly error: unknown } = 'more';
  while (rest === 'more' && size < AHEAD_BYTES) {
    try {
      const next = await iterator.next();
      if (next.done === true) rest = 'none';
      else {
        ahead.push(next.value);
        size += next.value.length;
      }
    } catch (error) {
      rest = { error };
    }
  }
  if (rest !== 'more') done();

  async function* body(): AsyncIterable<Uint8Array> {
    try {
      yield* ahead;
      if (typeof rest === 'object') throw rest.error;
      if (rest === 'none') return;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
      done();
    }
  }
  return replyFrom(reply, body());
}
