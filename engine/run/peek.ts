// A look at how a body begins, without reading it.
import type { Reply } from '../components/kinds.ts';
import { replyFrom } from './reply.ts';

const BLANK = /^\s*/;

/** The reply, whose body can also be asked for its first character. */
export function peekable(reply: Reply): Reply {
  const iterator = reply.body()[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let opening: Promise<string> | undefined;

  // Servers that work on a long answer send blanks meanwhile.
  async function look(): Promise<string> {
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return '';
      seen.push(next.value);
      const [first = ''] = Buffer.from(next.value).toString('latin1').replace(BLANK, '');
      if (first !== '') return first;
    }
  }

  async function* body(): AsyncIterable<Uint8Array> {
    try {
      yield* seen;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }

  return { ...replyFrom(reply, body()), opening: () => (opening ??= look()) };
}
