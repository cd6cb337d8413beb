// In one sync no GET is sent twice: streams that need the same reply share it. Who needs it is known from the manifest: requesters
// that are described alike send the same requests.
import type { OutgoingRequest, SentReply } from '../components/kinds.ts';
import type { Scope, SendOptions } from '../components/scope.ts';
import { BrokenReplyError } from '../errors.ts';
import { encode } from './encode.ts';
import { replyFrom } from './reply.ts';
import { type Spool, spool } from './spool.ts';

interface Taken {
  readonly reply: SentReply;
  readonly body: Spool;
}

interface Shared {
  readonly taken: Promise<Taken | undefined>;
  /** How many are still to come for it. */
  left: number;
  /** How many have it in hand: more may come than was said, such as two partitions of the same URL. */
  readers: number;
  /** Bytes that it keeps in memory, once it has been taken in. */
  bytes: number;
}

/** Replies that are kept in memory for others; past this the oldest go, and whoever still needs one asks for it again. */
const MOST_BYTES_KEPT = 64 * 1024 * 1024;

/** Takes a reply in whole; when it breaks off it is asked for again, before anybody has seen of it. */
async function takeIn(first: SentReply | undefined): Promise<Taken | undefined> {
  let reply = first;
  while (reply) {
    try {
      return { reply, body: await spool(reply.body()) };
    } catch (thrown) {
      if (!(thrown instanceof BrokenReplyError)) throw thrown;
      reply = await reply.again(thrown);
    }
  }
  return undefined;
}

export interface Sharing {
  send: Scope['send'];
  /** Lets go of what nobody has come for. */
  close(): Promise<void>;
}

/** A `send` that answers the same GET from the first reply, as often as `options.users` says that it is needed. */
export function shareReplies(send: Scope['send']): Sharing {
  // In the order of asking.
  const replies = new Map<string, Shared>();
  let bytesKept = 0;

  /** Forgets the oldest replies in memory while there are too many. */
  function makeRoom(): void {
    for (const [key, shared] of replies) {
      if (bytesKept <= MOST_BYTES_KEPT) return;
      if (shared.bytes === 0) continue;
      bytesKept -= shared.bytes;
      shared.bytes = 0;
      replies.delete(key);
    }
  }

  function request(key: string, reply: Promise<SentReply | undefined>, users: number): Shared {
    const taken = reply.then(takeIn);
    const shared: Shared = { taken, left: users, readers: 0, bytes: 0 };
    replies.set(key, shared);
    taken.then(
      (result) => {
        shared.bytes = result?.body.memoryBytes ?? 0;
        bytesKept += shared.bytes;
        makeRoom();
      },
      // whoever waits for it is told
      () => undefined,
    );
    return shared;
  }

  /** One of those who need it has had it; after the last one it goes. */
  async function letGo(key: string, shared: Shared): Promise<void> {
    shared.left -= 1;
    shared.readers -= 1;
    if (shared.left > 0 || shared.readers > 0) return;
    if (replies.get(key) === shared) replies.delete(key);
    bytesKept -= shared.bytes;
    shared.bytes = 0;
    await (await shared.taken.catch(() => undefined))?.body.close();
  }

  async function sendShared(
    outgoing: OutgoingRequest,
    options: SendOptions,
    users: number,
  ): Promise<SentReply | undefined> {
    const key = encode(outgoing, {}).url.href;
    const shared = replies.get(key) ?? request(key, send(outgoing, options), users);
    shared.readers += 1;
    const taken = await shared.taken.catch(async (thrown: unknown) => {
      await letGo(key, shared);
      throw thrown;
    });
    if (!taken) {
      await letGo(key, shared);
      return undefined;
    }
    const { reply, body } = taken;
    async function* read(): AsyncIterable<Uint8Array> {
      yield* body.read();
      await letGo(key, shared);
    }
    return { ...replyFrom(reply, read()), again: reply.again };
  }

  return {
    send: (request, options) => {
      const users = options.users?.() ?? 1;
      return request.method === 'GET' && users > 1 ? sendShared(request, options, users) : send(request, options);
    },
    async close() {
      for (const { taken } of replies.values()) await (await taken.catch(() => undefined))?.body.close();
      replies.clear();
    },
  };
}
