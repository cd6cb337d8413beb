// Runs the verbs of a source one after the other, and says what came of them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../client.ts';
import { type CommandOptions, mustRun } from './command.ts';
import type { Served } from './simulator.ts';

interface CatalogStream {
  readonly name: string;
  readonly json_schema: {
    readonly properties?: Readonly<Record<string, { readonly type?: string | readonly string[] }>>;
  };
}

interface Message {
  readonly type: string;
  readonly connectionStatus?: { readonly status: string; readonly message?: string };
  readonly catalog?: { readonly streams: readonly CatalogStream[] };
  readonly record?: { readonly stream: string };
  readonly trace?: { readonly stream_status?: { readonly status: string } };
}

const messagesIn = (output: string): Message[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Message);

/** A stream that was read to its end. */
export interface ReadStream extends CatalogStream {
  readonly records: number;
}

export const told = (streams: readonly ReadStream[]): string =>
  `${streams.reduce((sum, { records }) => sum + records, 0)} records of ${streams.length} streams`;

/**
 * spec, check, discover, and a read of all streams, with `command` in front of them. Throws when one fails, or a stream is not
 * complete.
 */
export async function runVerbs(
  work: Work,
  command: readonly string[],
  { configPath }: Served,
  options?: CommandOptions,
): Promise<ReadStream[]> {
  const verb = async (...args: string[]): Promise<Message[]> =>
    messagesIn(await mustRun(work, [...command, ...args], options));
  const [spec] = await verb('spec');
  if (spec?.type !== 'SPEC') throw new Error(`spec printed no SPEC message but ${JSON.stringify(spec)}`);

  const statuses = (await verb('check', '--config', configPath)).flatMap((message) => message.connectionStatus ?? []);
  if (statuses.at(-1)?.status !== 'SUCCEEDED') throw new Error(`check: ${JSON.stringify(statuses)}`);

  const catalogs = (await verb('discover', '--config', configPath)).flatMap(({ catalog }) => catalog ?? []);
  const streams = catalogs[0]?.streams ?? [];
  const catalogPath = join(work.folder, 'catalog.json');
  const modes = { sync_mode: 'full_refresh', destination_sync_mode: 'overwrite' };
  writeFileSync(catalogPath, JSON.stringify({ streams: streams.map((stream) => ({ stream, ...modes })) }));

  const messages = await verb('read', '--config', configPath, '--catalog', catalogPath);
  const complete = messages.filter(({ trace }) => trace?.stream_status?.status === 'COMPLETE').length;
  if (complete !== streams.length) throw new Error(`read: ${complete} of ${streams.length} streams are COMPLETE`);
  const read = messages.flatMap(({ record }) => record?.stream ?? []);
  return streams.map((stream) => ({ ...stream, records: read.filter((name) => name === stream.name).length }));
}
