// The only code that touches stdout: one message a line, in large writes, waiting while the reader is slow.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Message } from './messages.ts';
import type { Redactor } from './redact.ts';

export interface Writer {
  /** Writes a message, without secrets in what people read of it. */
  write(message: Message): Promise<void>;
  /** Writes a line that is ready, such as a record. */
  writeLine(line: Uint8Array): Promise<void>;
  /** Resolves when all of it has been handed over. */
  flush(): Promise<void>;
}

const FLUSH_BYTES = 64 * 1024;
/** Messages that people read. The others carry data, which is never altered. */
const forPeople = new Set(['LOG', 'TRACE', 'CONNECTION_STATUS']);

/** How long a reader that has stopped reading is waited for once the sync has been stopped. */
const PATIENCE_MS = 1000;

/** `stop` tells that the sync is being stopped: from then on a reader that does not read is not waited for. */
export function createWriter(stream: Writable, redactor: Redactor, stop?: AbortSignal): Writer {
  const patience = new AbortController();
  stop?.addEventListener('abort', () => setTimeout(() => patience.abort(), PATIENCE_MS).unref());
  let pending: Uint8Array[] = [];
  let size = 0;
  let draining: Promise<unknown> | undefined;

  async function flush(): Promise<void> {
    if (size === 0) return;
    const bytes = Buffer.concat(pending);
    pending = [];
    size = 0;
    // A reader that has gone needs nothing more; whoever runs us has been told by the stream's error event.
    if (stream.destroyed || stream.errored) return;
    if (stream.write(bytes) || patience.signal.aborted) return;
    // Rejects when the reader has gone or patience is over: then there is nothing more to wait for. All wait for the same drain.
    draining ??= once(stream, 'drain', { signal: patience.signal })
      .catch(() => undefined)
      .finally(() => (draining = undefined));
    await draining;
  }

  async function writeLine(line: Uint8Array): Promise<void> {
    pending.push(line);
    size += line.length;
    if (size >= FLUSH_BYTES) await flush();
  }

  return {
    flush,
    writeLine,
    async write(message) {
      const shown = forPeople.has(message.type) ? redactor.redact(message) : message;
      await writeLine(Buffer.from(`${JSON.stringify(shown)}\n`));
      await flush();
    },
  };
}
