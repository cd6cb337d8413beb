// A stream that is read incrementally, from the state of one sync to the next: what is asked for, what is written, in which order.
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import { discover, type Engine, read } from '../../engine/source.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { json } from '../support/http.ts';
import { readFiles } from '../support/manifest.ts';

const MANIFEST = `
type: DeclarativeSource
version: 7.0.0
check: { type: CheckStream, stream_names: [events] }
definitions:
  retriever:
    type: SimpleRetriever
    requester: { type: HttpRequester, url: https://example.com/events }
    record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
streams:
  - type: DeclarativeStream
    name: events
    primary_key: [id]
    retriever: { $ref: '#/definitions/retriever' }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: day
      datetime_format: '%Y-%m-%d'
      start_datetime: '2026-11-01'
      end_datetime: '2026-11-10'
      step: P5D
      cursor_granularity: P1D
      start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: from }
  - type: DeclarativeStream
    name: plain
    retriever: { $ref: '#/definitions/retriever' }
`;
const { tree, texts } = readFiles({ 'manifest.yaml': MANIFEST });
if (texts.length > 0) throw new Error(texts.join('\n'));

const EVENTS = ['2026-11-02', '2026-11-04', '2026-11-07', '2026-11-09'].map((day, id) => ({ id, day }));

interface Message {
  type: string;
  log?: { message: string };
  record?: { data: JsonObject };
  state?: { stream: { stream_state: JsonObject }; sourceStats: JsonObject };
  trace?: { stream_status?: { status: string }; error?: { message: string; failure_type: string } };
  catalog?: { streams: JsonObject[] };
}

/** Runs a verb against a server of events; a slice that begins at `broken` fails. */
async function run(verb: (engine: Engine) => Promise<void>, broken?: string) {
  const asked: (string | null)[] = [];
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const redactor = createRedactor();
  const writer = createWriter(stdout, redactor);
  const engine: Engine = {
    manifest: { tree, folder: '' },
    writer,
    redactor,
    client: (url) => {
      const from = url.searchParams.get('from');
      asked.push(from);
      if (from !== null && from === broken) return Promise.resolve(json({ message: 'No.' }, 400));
      const slice = EVENTS.filter(
        ({ day }) => from === null || (day >= from && day < (from < '2026-11-06' ? '2026-11-06' : '2027')),
      );
      return Promise.resolve(json(slice));
    },
    clock: { now: () => Date.UTC(2026, 10, 21), sleep: () => Promise.resolve() },
    random: () => 0.5,
    isDebug: false,
  };
  const thrown: unknown = await verb(engine).catch((error: unknown) => error);
  await writer.flush();
  const lines = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  return { messages: lines.map((line) => JSON.parse(line) as Message), asked, thrown };
}

/** The data of a sync in short: ids of records, and states with the records they count. */
const short = (messages: readonly Message[]): unknown[] =>
  messages.flatMap(({ record, state, trace }): unknown[] => {
    if (record) return [record.data['id']];
    if (state) return [[state.stream.stream_state, state.sourceStats['recordCount']]];
    const status = trace?.stream_status?.status;
    return status === 'COMPLETE' || status === 'INCOMPLETE' ? [status] : [];
  });

const sync = (mode: string, state?: unknown, broken?: string, name = 'events') =>
  run((engine) => read(engine, {}, { streams: [{ stream: { name }, sync_mode: mode }] }, state), broken);

const stateOf = (day: string): JsonObject[] => [
  { type: 'STREAM', stream: { stream_descriptor: { name: 'events' }, stream_state: { day } } },
];

test('a state follows the records of each slice, and one ends the stream', async () => {
  const { messages, asked } = await sync('incremental');
  expect(asked).toEqual(['2026-11-01', '2026-11-06']);
  expect(short(messages)).toEqual([
    ...[0, 1, [{ day: '2026-11-04' }, 2]],
    ...[2, 3, [{ day: '2026-11-09' }, 2]],
    [{ day: '2026-11-09' }, 0],
    'COMPLETE',
  ]);
});

test('the next sync begins where the state says', async () => {
  const { messages, asked } = await sync('incremental', stateOf('2026-11-09'));
  expect(asked).toEqual(['2026-11-09']);
  expect(short(messages)).toEqual([3, [{ day: '2026-11-09' }, 1], [{ day: '2026-11-09' }, 0], 'COMPLETE']);
});

test('a sync that breaks off leaves the state of the slices before: nothing is lost by the next one', async () => {
  const { messages, thrown } = await sync('incremental', undefined, '2026-11-06');
  expect(short(messages)).toEqual([0, 1, [{ day: '2026-11-04' }, 2], 'INCOMPLETE']);
  expect(thrown).toBeInstanceOf(Error);
});

test('a full refresh reads everything, whatever the state says, and ends with a state', async () => {
  const { messages, asked } = await sync('full_refresh', stateOf('2026-11-09'));
  expect(asked).toEqual(['2026-11-01', '2026-11-06']);
  expect(short(messages).at(-2)).toEqual([{ day: '2026-11-09' }, 0]);
});

test('a state that cannot be read makes its stream incomplete, and says what to do', async () => {
  const { messages } = await sync('incremental', stateOf('tomorrow'));
  const error = messages.find(({ trace }) => trace?.error)?.trace?.error;
  expect([error?.failure_type, error?.message]).toEqual([
    'config_error',
    'The state of events says "tomorrow", which does not fit the format "%Y-%m-%d". Reset the stream.',
  ]);
});

test('only a stream without a cursor is warned about when it is to be read incrementally', async () => {
  const warnings = async (name: string): Promise<unknown> =>
    (await sync('incremental', undefined, undefined, name)).messages.find(({ log }) => log?.message.includes('in full'))
      ?.log?.message;
  expect(await warnings('events')).toBeUndefined();
  expect(await warnings('plain')).toBe('plain: it cannot be read incrementally and is read in full.');
});

test('the catalog says which streams can be read incrementally, and by which field', async () => {
  const { messages } = await run((engine) => discover(engine, {}));
  const [events, plain] = messages.find(({ catalog }) => catalog)?.catalog?.streams ?? [];
  expect(events).toMatchObject({
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_cursor: true,
    default_cursor_field: ['day'],
    is_resumable: true,
  });
  expect(plain).toMatchObject({ supported_sync_modes: ['full_refresh'], is_resumable: false });
  expect(plain).not.toHaveProperty('default_cursor_field');
});
