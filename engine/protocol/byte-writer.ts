// Gathers bytes into large writes, and waits while whoever takes them is slow.
import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface ByteWriter {
  /** Writes bytes that come in pieces. There is something to wait for only when it returns a promise. */
  readonly write: (pieces: readonly Uint8Array[]) => Promise<void> | undefined;
  /** Resolves when all of it has been handed over. */
  readonly flush: () => Promise<void>;
}

const BUFFER_BYTES = 64 * 1024;

/** How long a reader that has stopped reading is waited for once the sync has been stopped. */
const PATIENCE_MS = 1000;

/**
 * A writer to a stream that is done with the bytes when it calls back, as the standard output and files are: they are overwritten
 * then. `stop` tells that the sync is being stopped: from then on a reader that does not read is not waited for.
 */
export function createByteWriter(stream: Writable, stop?: AbortSignal): ByteWriter {
  const patience = new AbortController();
  stop?.addEventListener('abort', () => setTimeout(() => patience.abort(), PATIENCE_MS).unref());
  /** Buffers whose bytes have left: they are filled again. */
  const free: Buffer[] = [];
  let buffer: Buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  let size = 0;
  let draining: Promise<unknown> | undefined;

  /** Hands bytes over; false when the stream has enough for now. */
  function send(bytes: Uint8Array, sent?: () => void): boolean {
    // A reader that has gone needs nothing more; whoever runs us has been told by the stream's error event.
    if (stream.destroyed || stream.errored) return true;
    return stream.write(bytes, sent);
  }

  function sendBuffer(): boolean {
    if (size === 0) return true;
    const full = buffer;
    const goesOn = send(full.subarray(0, size), () => free.push(full));
    buffer = free.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES);
    size = 0;
    return goesOn;
  }

  /** Waits until the stream takes more. All wait for the same drain. */
  async function drained(): Promise<void> {
    if (patience.signal.aborted) return;
    // Rejects when the reader has gone or patience is over: then there is nothing more to wait for.
    draining ??= once(stream, 'drain', { signal: patience.signal })
      .catch(() => undefined)
      .finally(() => (draining = undefined));
    await draining;
  }

  return {
    async flush() {
      if (!sendBuffer()) await drained();
    },
    write(pieces) {
      let goesOn = true;
      for (const piece of pieces) {
        if (size + piece.length > BUFFER_BYTES) goesOn = sendBuffer() && goesOn;
        if (piece.length > BUFFER_BYTES) {
          goesOn = send(piece) && goesOn;
          continue;
        }
        buffer.set(piece, size);
        size += piece.length;
      }
      return goesOn ? undefined : drained();
    },
  };
}
