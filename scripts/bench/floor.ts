// The floor: what reading the list of cards costs in plain Node when nothing but the bytes is looked at. Records are cut out
// by tracking strings, escapes and depth, and written unparsed. It imports nothing of ours, checks nothing, and repairs nothing.
import { once } from 'node:events';

const [, , apiUrl = '', username, password] = process.argv;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const WRITE_BYTES = 256 * 1024;
const head = Buffer.from('{"type":"RECORD","record":{"stream":"cards","data":');
const tail = Buffer.from(`,"emitted_at":${Date.now()}}}\n`);

let state = { depth: 0, isString: false, isEscaped: false };

/** The bytes of a chunk that belong to records, with head and tail around each record. */
function piecesOf(chunk: Uint8Array): Uint8Array[] {
  let { depth, isString, isEscaped } = state;
  const pieces: Uint8Array[] = [];
  const { length } = chunk;
  let [at, start] = [0, 0];
  while (at < length) {
    // A loop of its own for strings: twice as fast as one for everything.
    if (isString) {
      if (isEscaped) at++;
      isEscaped = false;
      while (at < length) {
        const byte = chunk[at++];
        if (byte === QUOTE) {
          isString = false;
          break;
        }
        if (byte !== BACKSLASH) continue;
        if (at < length) at++;
        else isEscaped = true;
      }
      continue;
    }
    const byte = chunk[at++];
    if (byte === QUOTE) isString = true;
    else if (byte === OPEN) {
      if (depth++ > 0) continue;
      pieces.push(head);
      start = at - 1;
    } else if (byte === CLOSE) {
      if (--depth === 0) pieces.push(chunk.subarray(start, at), tail);
    }
  }
  if (depth > 0) pieces.push(chunk.subarray(start));
  state = { depth, isString, isEscaped };
  return pieces;
}

const login = { method: 'POST', headers: { 'content-type': 'application/json' } };
const session = await fetch(`${apiUrl}/session`, { ...login, body: JSON.stringify({ username, password }) });
const headers = { 'x-metabase-session': ((await session.json()) as { id: string }).id };
const reply = await fetch(`${apiUrl}/card`, { headers });

let pending: Uint8Array[] = [];
let pendingBytes = 0;
for await (const chunk of reply.body as unknown as AsyncIterable<Uint8Array>) {
  pending.push(...piecesOf(chunk));
  pendingBytes += chunk.length;
  if (pendingBytes < WRITE_BYTES) continue;
  if (!process.stdout.write(Buffer.concat(pending))) await once(process.stdout, 'drain');
  [pending, pendingBytes] = [[], 0];
}
process.stdout.write(Buffer.concat(pending));
await fetch(`${apiUrl}/session`, { method: 'DELETE', headers });
