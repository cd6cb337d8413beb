// A reply of HTTP as components see it: its body is read once, in chunks or whole.
import { BrokenReplyError } from '../errors.ts';
import type { Reply } from '../components/kinds.ts';
import { plainUrl } from '../components/variables.ts';
import { parseJson } from '../text/json.ts';

const EXCERPT_BYTES = 200;

export function replyOf(method: string, url: string, response: Response, signal?: AbortSignal): Reply {
  let whole: Promise<Buffer> | undefined;
  let head = Buffer.alloc(0);

  async function* chunks(): AsyncIterable<Uint8Array> {
    const body = response.body as unknown as AsyncIterable<Uint8Array> | null;
    try {
      for await (const chunk of body ?? []) {
        if (head.length < EXCERPT_BYTES) head = Buffer.concat([head, chunk]).subarray(0, EXCERPT_BYTES);
        yield chunk;
      }
    } catch (cause) {
      signal?.throwIfAborted();
      throw new BrokenReplyError(`The reply to ${method} ${plainUrl(url)} broke off part-way. Try again later.`, {
        cause,
      });
    }
  }

  async function readWhole(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks()) parts.push(chunk);
    return Buffer.concat(parts);
  }

  async function* fromMemory(memory: Promise<Buffer>): AsyncIterable<Uint8Array> {
    yield await memory;
  }

  const text = async (): Promise<string> => (await (whole ??= readWhole())).toString('utf8');
  return {
    method,
    url,
    status: response.status,
    headers: response.headers,
    body: () => (whole ? fromMemory(whole) : chunks()),
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
