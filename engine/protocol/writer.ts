// The only code that touches stdout: one message a line, in large writes, waiting while the reader is slow.
import type { Writable } from 'node:stream';
import { createByteWriter } from './byte-writer.ts';
import { type Message, recordLine } from './messages.ts';
import type { Redactor } from './redact.ts';

/** Where the messages of a verb go: to the standard output, or into what somebody makes of them. */
export interface Writer {
  /** Writes a message, without secrets in what people read of it. */
  write(message: Message): Promise<void>;
  /** What writes the records of a stream, which come as bytes. There is something to wait for only when it returns a promise. */
  records(stream: string): (record: Uint8Array, emittedAt: number) => Promise<void> | undefined;
  /** Resolves when all of it has been handed over. */
  flush(): Promise<void>;
}

/** Messages that people read. The others carry data, which is never altered. */
const forPeople = new Set(['LOG', 'TRACE', 'CONNECTION_STATUS']);

/** A writer to the standard output, or a stream like it; `stop` as for createByteWriter. */
export function createWriter(stream: Writable, redactor: Redactor, stop?: AbortSignal): Writer {
  const bytes = createByteWriter(stream, stop);
  return {
    flush: bytes.flush,
    records(name) {
      const line = recordLine(name);
      return (record, emittedAt) => bytes.write(line(record, emittedAt));
    },
    async write(message) {
      const shown = forPeople.has(message.type) ? redactor.redact(message) : message;
      await bytes.write([Buffer.from(`${JSON.stringify(shown)}\n`)]);
      await bytes.flush();
    },
  };
}
