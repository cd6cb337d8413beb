// Runs a verb of the connector's own manifest in this process, over the fetch that msw answers or a client of the test's own. Time
// stands still.
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { language } from '../../engine/language.ts';
import { readManifest } from '../../engine/manifest/read-manifest.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import { clientOver } from '../../engine/run/ky-client.ts';
import type { HttpClient } from '../../engine/run/http.ts';
import type { Engine } from '../../engine/source.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const root = join(import.meta.dirname, '..', '..');
const { tree } = readManifest(join(root, 'manifest.yaml'), language);

const mswClient = clientOver(
  (_, { signal = null }) =>
    (request) =>
      globalThis.fetch(request, { signal }),
);

/** What an engine needs beside those who listen to it. */
export const engineWith = (client: HttpClient): Omit<Engine, 'writer' | 'redactor'> => ({
  manifest: { tree: tree as JsonObject, folder: root },
  client,
  clock: { now: () => Date.UTC(2026, 10, 21), sleep: () => Promise.resolve() },
  random: () => 0.5,
  isDebug: false,
});

/** What a verb wrote, line by line. */
export async function linesOf(
  verb: (engine: Engine) => Promise<void>,
  client: HttpClient = mswClient,
): Promise<string[]> {
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      // the writer uses its buffer again
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const redactor = createRedactor();
  const writer = createWriter(stdout, redactor);
  await verb({ ...engineWith(client), writer, redactor });
  await writer.flush();
  return Buffer.concat(chunks).toString().split('\n').slice(0, -1);
}

/** A configured catalog that asks for a stream. */
export const catalogOf = (name: string): JsonObject => ({
  streams: [{ stream: { name }, sync_mode: 'full_refresh', destination_sync_mode: 'overwrite' }],
});

/** The bytes of the records among the lines, as text. */
export function recordTexts(lines: readonly string[]): string[] {
  return lines
    .map((line) => /^\{"type":"RECORD","record":\{"stream":"[^"]*","data":(.*),"emitted_at":\d+\}\}$/.exec(line)?.[1])
    .filter((text) => text !== undefined);
}
