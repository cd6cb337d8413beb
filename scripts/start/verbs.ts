// check, discover and read, each one run of the connector.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { type CatalogStream, type Message, messageOf, recordOf } from './messages.ts';
import type { Output } from './output.ts';
import { runSource } from './run-source.ts';
import type { Table } from './table.ts';
import { createTally } from './tally.ts';

export type Run = {
  configPath: string;
  /** For files that are needed only while it runs. */
  temporaryFolder: string;
  signal: AbortSignal;
  print: (line: string) => void;
};

/** What the connector says of the connection. Throws Failure for a bad one. */
export async function checkConnection(run: Run): Promise<string> {
  const found = await lastMessage('check', 'CONNECTION_STATUS', run);
  const { status, message = 'Connected.' } = found.connectionStatus;
  if (status === 'SUCCEEDED') return message;
  throw new Failure(`The connection does not work: ${message}`);
}

/** The streams that there are. */
export async function discoverStreams(run: Run): Promise<CatalogStream[]> {
  return (await lastMessage('discover', 'CATALOG', run)).catalog.streams;
}

/** Runs a verb to its end, which is when it has logged out. Throws Failure when it did not write that message. */
async function lastMessage<T extends Message['type']>(
  verb: string,
  type: T,
  { configPath, signal, print }: Run,
): Promise<Extract<Message, { type: T }>> {
  let found: Extract<Message, { type: T }> | undefined;
  for await (const line of runSource([verb, '--config', configPath], signal)) {
    const message = messageOf(line);
    report(message, print);
    if (message.type === type) found = message as Extract<Message, { type: T }>;
  }
  if (found) return found;
  throw new Failure(`"source-metabase ${verb}" did not write a ${type} message.`);
}

/** Reads the streams into the output, and prints a row for each. Throws Failure when one is incomplete. */
export async function readStreams(streams: CatalogStream[], output: Output, table: Table, run: Run): Promise<void> {
  const { configPath, signal, print } = run;
  const catalogPath = writeCatalog(streams, run.temporaryFolder);
  const tally = createTally();
  // --debug: its log lines tell the requests.
  const args = ['read', '--debug', '--config', configPath, '--catalog', catalogPath];
  for await (const line of runSource(args, signal)) {
    const record = recordOf(line);
    if (record) {
      await output.write(record.stream, record.data);
      tally.record(record.stream, record.data.length + 1);
      continue;
    }
    const message = messageOf(line);
    report(message, print);
    if (message.type === 'LOG') tally.log(message.log.message);
    if (message.type !== 'TRACE' || message.trace.type !== 'STREAM_STATUS') continue;
    const ended = tally.status(message.trace);
    if (ended) print(table.row(ended));
  }
}

function writeCatalog(streams: CatalogStream[], folder: string): string {
  const path = join(folder, 'catalog.json');
  const modes = { sync_mode: 'full_refresh', destination_sync_mode: 'overwrite' };
  writeFileSync(path, JSON.stringify({ streams: streams.map((stream) => ({ stream, ...modes })) }));
  return path;
}

/** Shows what the connector has to say to people: warnings and errors. */
function report(message: Message, print: Run['print']): void {
  if (message.type === 'LOG' && ['WARN', 'ERROR', 'FATAL'].includes(message.log.level))
    print(`${message.log.level}: ${message.log.message}`);
  if (message.type !== 'TRACE' || message.trace.type !== 'ERROR') return;
  const { message: text, stream_descriptor } = message.trace.error;
  print(`ERROR: ${stream_descriptor ? `${stream_descriptor.name}: ` : ''}${text}`);
}
