// A reply of HTTP as components see it: its body is read once, in chunks or whole, and a part of it ahead of its turn.
import type { Reply } from '../components/kinds.ts';
import { plainUrl } from '../components/variables.ts';
import { BrokenReplyError } from '../errors.ts';
import { parseJson } from '../text/json.ts';
import type { HttpResponse } from './http.ts';

const EXCERPT_BYTES = 200;
/** So much of a body is read ahead of its turn: most are shorter, and their connections are free again. */
const AHEAD_BYTES = 128 * 1024;
const BLANK = /^\s*/;

export interface ReplyHead {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
}

/** A reply whose body comes in. */
export interface IncomingReply extends Reply {
  /**
   * Reads the start of the body ahead, and calls `done` once all of it has been read, given up or broken off. An error shows when
   * the reader gets to it.
   */
  readonly readAhead: (done: () => void) => Promise<void>;
}

/** A reply whose body is in `chunks`; `failure` is the error for what they throw. */
export function replyFrom(
  head: ReplyHead,
  chunks: AsyncIterable<Uint8Array>,
  failure: (thrown: unknown) => unknown = (thrown) => thrown,
): IncomingReply {
  const { method, url, status } = head;
  const iterator = chunks[Symbol.asyncIterator]();
  /** What was read before its reader came for it. */
  const ahead: Uint8Array[] = [];
  let rest: 'more' | 'none' | { readonly error: unknown } = 'more';
  let whole: Promise<Buffer> | undefined;
  let beginning = Buffer.alloc(0);
  let opening: Promise<string> | undefined;
  let isDone = (): void => undefined;

  /** The next chunk from the wire; undefined at the end. */
  async function receive(): Promise<Uint8Array | undefined> {
    if (rest === 'more') {
      try {
        const next = await iterator.next();
        if (next.done !== true) return next.value;
        rest = 'none';
      } catch (thrown) {
        rest = { error: failure(thrown) };
      }
    }
    if (rest !== 'none') throw rest.error;
    return undefined;
  }

  async function* body(): AsyncIterable<Uint8Array> {
    if (whole) {
      yield await whole;
      return;
    }
    try {
      for (let chunk = ahead.shift() ?? (await receive()); chunk; chunk = ahead.shift() ?? (await receive())) {
        const missing = EXCERPT_BYTES - beginning.length;
        if (missing > 0) beginning = Buffer.concat([beginning, chunk.subarray(0, missing)]);
        yield chunk;
      }
    } finally {
      if (rest === 'more') await iterator.return?.();
      isDone();
    }
  }

  async function readWhole(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const chunk of body()) parts.push(chunk);
    return Buffer.concat(parts);
  }

  // Servers that work on a long answer send blanks meanwhile.
  async function look(): Promise<string> {
    for (;;) {
      const chunk = await receive();
      if (!chunk) return '';
      ahead.push(chunk);
      const [first = ''] = Buffer.from(chunk).toString('latin1').replace(BLANK, '');
      if (first !== '') return first;
    }
  }

  const text = async (): Promise<string> => (await (whole ??= readWhole())).toString('utf8');
  return {
    method,
    url,
    status,
    // Made of what came when somebody asks: most of them nobody looks at.
    get headers() {
      return head.headers;
    },
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
    opening: () => (opening ??= whole ? text().then((known) => known.replace(BLANK, '').slice(0, 1)) : look()),
    excerpt: () => beginning.toString('utf8'),
    async readAhead(done) {
      isDone = done;
      let size = ahead.reduce((sum, chunk) => sum + chunk.length, 0);
      try {
        while (!whole && size < AHEAD_BYTES) {
          const chunk = await receive();
          if (!chunk) break;
          ahead.push(chunk);
          size += chunk.length;
        }
      } catch {
        // Its reader is told.
      }
      if (whole || rest !== 'more') done();
    },
  };
}

async function* nothing(): AsyncIterable<Uint8Array> {}

/** The reply that a response is. Its body throws BrokenReplyError when it breaks off, or what the signal says. */
export function replyOf(method: string, url: string, response: HttpResponse, signal?: AbortSignal): IncomingReply {
  const head: ReplyHead = {
    method,
    url,
    status: response.status,
    get headers() {
      return response.headers;
    },
  };
  return replyFrom(head, response.body ?? nothing(), (cause) => {
    if (signal?.aborted) return signal.reason as unknown;
    const what = `The reply to ${method} ${plainUrl(url)} broke off part-way. Try again later.`;
    return new BrokenReplyError(what, { cause });
  });
}
