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
  /** The same, and the reply is kept for one more: somebody who does not know of it, and will ask later. */
  sendAndKeep: Scope['send'];
  /** Lets go of what nobody has come for. */
  close(): Promise<void>;
}

/** A `send` that answers the same GET from the first reply, as often as `options.users` says that it is needed. */
export function shareReplies(send: Scope['send']): Sharing {
  // In the order of asking.
  const replies = new Map<string, Shared>();
  let bytesKept = 0;
  // Of the replies, those that somebody will ask for who does not know of them.
  const keptForLater = new Set<string>();

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
    { users, key }: { users: number; key: string },
  ): Promise<SentReply | undefined> {
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
      try {
        yield* body.read();
      } finally {
        await letGo(key, shared);
      }
    }
    return Object.assign(replyFrom(reply, read()), { again: reply.again });
  }

  const keyOf = (outgoing: OutgoingRequest): string => encode(outgoing, {}).url.href;
  const usersOf = ({ users }: SendOptions): number => users?.() ?? 1;

  return {
    send: (request, options) => {
      if (request.method !== 'GET') return send(request, options);
      const users = usersOf(options);
      if (users === 1 && keptForLater.size === 0) return send(request, options);
      const key = keyOf(request);
      const isKept = keptForLater.delete(key);
      return users > 1 || isKept ? sendShared(request, options, { users, key }) : send(request, options);
    },
    sendAndKeep: (request, options) => {
      if (request.method !== 'GET') return send(request, options);
      const key = keyOf(request);
      keptForLater.add(key);
      return sendShared(request, options, { users: usersOf(options) + 1, key });
    },
    async close() {
      for (const { taken } of replies.values()) await (await taken.catch(() => undefined))?.body.close();
      replies.clear();
    },
  };
}
