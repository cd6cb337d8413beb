// The rows of one reply, once each, however often it has to be asked for.
import { crc32 } from 'node:zlib';
import { BrokenReplyError, SystemError, TransientError } from '../../errors.ts';
import type { Row } from '../../text/row.ts';
import type { Reply, SentReply } from '../kinds.ts';
import { plainUrl } from '../variables.ts';

/** A reply that is not what the manifest expects is asked for this often again: a proxy may have answered in between. */
const MOST_WRONG_REPLIES = 2;

/** Names the reply that is not what the manifest expects. */
function wrongReply(stream: string, reply: Reply, cause: SyntaxError): SystemError {
  const type = reply.headers.get('content-type') ?? 'none';
  return new SystemError(
    `${stream}: the reply to ${reply.method} ${plainUrl(reply.url)} is not what the manifest expects: ${cause.message}. ` +
      `Its status is ${reply.status}, its content type ${type}, and it starts with ${JSON.stringify(reply.excerpt())}. ` +
      'Check that the URL is right and that no proxy or login page answers in place of the server.',
    { cause },
  );
}

/** The new reply does not begin with the records that are out already. */
function changedReply(stream: string, reply: Reply): TransientError {
  return new TransientError(
    `${stream}: the reply to ${reply.method} ${plainUrl(reply.url)} broke off part-way, and a new one differs in what had been ` +
      'read already. Only a new sync can be right: start it again.',
  );
}

export interface RowsOptions {
  /** For messages. */
  stream: string;
  /** Reads a reply from its beginning. Throws SyntaxError when it is not what the manifest expects. */
  read: (reply: Reply) => AsyncIterable<Row> | Promise<AsyncIterable<Row>>;
}

/**
 * The rows of a reply. When its body breaks off or is not what is expected, the reply is asked for again; rows that are
 * out already are recognised by their number and checksum, and not repeated. Returns the reply that was read to its end.
 */
export async function* rowsOf(
  first: SentReply,
  { stream, read }: RowsOptions,
): AsyncGenerator<Row, SentReply, undefined> {
  let reply = first;
  let [count, checksum, wrongReplies] = [0, 0, 0];
  for (;;) {
    let [seen, seenChecksum] = [0, 0];
    try {
      for await (const row of await read(reply)) {
        seen += 1;
        seenChecksum = crc32(row.bytes, seenChecksum);
        if (seen > count) {
          [count, checksum] = [seen, seenChecksum];
          yield row;
        } else if (seen === count && seenChecksum !== checksum) throw changedReply(stream, reply);
      }
      if (seen < count) throw changedReply(stream, reply);
      return reply;
    } catch (thrown) {
      const isWrong = thrown instanceof SyntaxError;
      if (!isWrong && !(thrown instanceof BrokenReplyError)) throw thrown;
      const error = isWrong ? wrongReply(stream, reply, thrown) : thrown;
      wrongReplies += isWrong ? 1 : 0;
      if (wrongReplies > MOST_WRONG_REPLIES) throw error;
      const next = await reply.again(error);
      if (!next) throw error;
      reply = next;
    }
  }
}
