// DatetimeBasedCursor and MinMaxDatetime: what a sync asks for, what it leaves out, and the state it ends with.
import { expect, test } from 'vitest';
import type { Cursor } from '../../engine/components/kinds.ts';
import { rowOfValue } from '../../engine/text/row.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { all, build, fakeSend, make, NOON, reply } from '../support/component.ts';

const MINIMAL = `
type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%dT%H:%M:%SZ"
start_datetime: "2026-11-01T00:00:00Z"
`;
const DAILY = `
type: DatetimeBasedCursor
cursor_field: day
datetime_format: "%Y-%m-%d"
start_datetime: "2026-11-01"
end_datetime: { datetime: "{{ config.get('end', '2026-11-10') }}" }
`;

const begin = (yaml: string, state?: JsonObject, config: JsonObject = {}): Cursor =>
  make('incremental_sync', yaml, config).begin(state);
const spans = (cursor: Cursor): unknown[] => cursor.slices.map(({ start_time, end_time }) => [start_time, end_time]);
const partitionOf = (values: JsonObject = {}) => ({ values, extraFields: {} });

/** Reads slices with these cursor values in their records, and gives the state after each. */
function statesAfter(cursor: Cursor, field: string, ...values: unknown[][]): unknown[] {
  return values.map((ofSlice, index) => {
    const slice = partitionOf(cursor.slices[index]);
    for (const value of ofSlice) cursor.seen(rowOfValue({ [field]: value }), slice);
    cursor.ended(slice);
    return cursor.state()[field];
  });
}

test('the first sync goes from start_datetime to now', () => {
  expect(spans(begin(MINIMAL))).toEqual([['2026-11-01T00:00:00Z', '2026-11-21T12:00:00Z']]);
});

test('the next one goes from where the state says, that moment included', () => {
  expect(spans(begin(MINIMAL, { updated_at: '2026-11-05T10:00:00Z' }))).toEqual([
    ['2026-11-05T10:00:00Z', '2026-11-21T12:00:00Z'],
  ]);
});

test('a state from before start_datetime does not count', () => {
  expect(spans(begin(DAILY, { day: '2020-01-01' }))).toEqual([['2026-11-01', '2026-11-10']]);
});

test('the state of a full refresh, and none, are read from the start', () => {
  for (const state of [{}, { __ab_no_cursor_state_message: true }, { updated_at: null }]) {
    expect(spans(begin(MINIMAL, state))).toEqual([['2026-11-01T00:00:00Z', '2026-11-21T12:00:00Z']]);
  }
});

test('the state of slices is read from the end of the first one', () => {
  const slice = { start: '2026-11-01', end: '2026-11-07', most_recent_cursor_value: '2026-11-06' };
  const cursor = begin(DAILY, { state_type: 'date-range', slices: [slice] });
  expect([spans(cursor), cursor.state()]).toEqual([[['2026-11-06', '2026-11-10']], { day: '2026-11-06' }]);
});

test('a state that cannot be read is an error that says so', () => {
  expect(() => begin(DAILY, { day: 'yesterday' })).toThrow(
    'The state of stream says "yesterday", which does not fit the format "%Y-%m-%d". Reset the stream.',
  );
});

test('a start that does not fit its format is an error of the config', () => {
  const yaml = MINIMAL.replace('"2026-11-01T00:00:00Z"', '"{{ config.start }}"');
  expect(() => begin(yaml, {}, { start: '2026-11-01' })).toThrow(
    'The date "2026-11-01" does not fit the format "%Y-%m-%dT%H:%M:%SZ". Correct it in the config.',
  );
});

test('steps make slices that do not overlap, and the last one reaches the end', () => {
  expect(spans(begin(`${DAILY}step: P4D\ncursor_granularity: P1D\n`))).toEqual([
    ['2026-11-01', '2026-11-04'],
    ['2026-11-05', '2026-11-08'],
    ['2026-11-09', '2026-11-10'],
  ]);
});

test('a step can be a month of the calendar', () => {
  const yaml = `${DAILY.replace('2026-11-01', '2026-01-31')}step: P1M\ncursor_granularity: P1D\n`;
  expect(spans(begin(yaml, {}, { end: '2026-03-15' }))).toEqual([
    ['2026-01-31', '2026-02-27'],
    ['2026-02-28', '2026-03-15'],
  ]);
});

test('a single moment is read where it can be told from the next, and not where the server refuses it', () => {
  expect(spans(begin(DAILY, { day: '2026-11-10' }))).toEqual([]);
  const yaml = `${DAILY}step: P4D\ncursor_granularity: P1D\n`;
  expect(spans(begin(yaml, { day: '2026-11-10' }))).toEqual([['2026-11-10', '2026-11-10']]);
  expect(spans(begin(`${yaml}is_compare_strictly: true\n`, { day: '2026-11-10' }))).toEqual([]);
});

test('nothing is asked of the future, and the state stays', () => {
  const cursor = begin(DAILY, { day: '2026-12-24' });
  expect([spans(cursor), cursor.state()]).toEqual([[], { day: '2026-12-24' }]);
});

test('step and cursor_granularity need one another', () => {
  expect(() => make('incremental_sync', `${DAILY}step: P1D\n`)).toThrow('needs both step and cursor_granularity');
});

test.each([
  ['step', 'a day', 'The step "a day" is not an ISO 8601 duration such as P1D or PT1H.'],
  ['step', 'P0D', 'stream: a step of nothing would never end. Give it a length, such as P1D.'],
  ['lookback_window', '7', 'The lookback_window "7" is not an ISO 8601 duration such as P1D or PT1H.'],
])('the %s "%s" is an error', (field, value, message) => {
  const step = field === 'step' ? `step: "${value}"` : `${field}: "${value}"\nstep: P1D`;
  expect(() => begin(`${DAILY}${step}\ncursor_granularity: P1D\n`)).toThrow(message);
});

test('the lookback window is read again, but nothing before start_datetime', () => {
  const yaml = `${DAILY}lookback_window: "{{ config.get('lookback', '') }}"\n`;
  const startsWith = (lookback: string): unknown =>
    begin(yaml, { day: '2026-11-05' }, { lookback }).slices[0]?.['start_time'];
  expect(['', 'P2D', 'P30D'].map(startsWith)).toEqual(['2026-11-05', '2026-11-03', '2026-11-01']);
});

test('the latest record of a slice is the state when the slice has ended, in whatever order they come', () => {
  const cursor = begin(MINIMAL);
  const slice = partitionOf(cursor.slices[0]);
  for (const updated_at of ['2026-11-03T00:00:00Z', '2026-11-09T00:00:00Z', '2026-11-05T00:00:00Z']) {
    cursor.seen(rowOfValue({ updated_at }), slice);
    expect(cursor.state()).toEqual({ updated_at: '2026-11-01T00:00:00Z' });
  }
  cursor.ended(slice);
  expect(cursor.state()).toEqual({ updated_at: '2026-11-09T00:00:00Z' });
});

test('a slice without records leaves the state where it was', () => {
  const cursor = begin(`${DAILY}step: P4D\ncursor_granularity: P1D\n`);
  expect(statesAfter(cursor, 'day', ['2026-11-02'], [], ['2026-11-09'])).toEqual([
    '2026-11-02',
    '2026-11-02',
    '2026-11-09',
  ]);
});

test('the state stays within the slice: what changes while it is read may be missing in it', () => {
  expect(statesAfter(begin(MINIMAL), 'updated_at', ['2026-11-21T12:00:05Z'])).toEqual(['2026-11-21T12:00:00Z']);
  expect(statesAfter(begin(DAILY), 'day', ['2099-01-01'])).toEqual(['2026-11-10']);
});

test('the state never goes back', () => {
  const cursor = begin(`${DAILY}lookback_window: P3D\n`, { day: '2026-11-08' });
  expect(statesAfter(cursor, 'day', ['2026-11-06'])).toEqual(['2026-11-08']);
});

test('other words of a state stay', () => {
  expect(begin(DAILY, { day: '2026-11-08', note: 1 }).state()).toEqual({ note: 1, day: '2026-11-08' });
});

test('microseconds of a record stay in the state', () => {
  const cursor = begin(MINIMAL.replace('%SZ', '%S.%fZ').replace('00:00:00Z', '00:00:00.0Z'));
  expect(statesAfter(cursor, 'updated_at', ['2026-11-03T00:00:00.123456Z'])).toEqual(['2026-11-03T00:00:00.123456Z']);
});

test('records may have other formats than requests, as numbers too', () => {
  const yaml = `${MINIMAL}cursor_datetime_formats: ["%s", "%Y-%m-%dT%H:%M:%S.%f%z"]\n`;
  const of = (value: unknown): unknown[] => statesAfter(begin(yaml), 'updated_at', [value]);
  expect([of(1793664000), of('2026-11-03T01:00:00.9+01:00'), of('2026-11-03T00:00:00Z')].flat()).toEqual(
    Array(3).fill('2026-11-03T00:00:00Z'),
  );
});

test('records without the datetime are read, with one warning, and do not move the state', () => {
  const { component, logs } = build('incremental_sync', MINIMAL);
  const cursor = component.begin();
  expect(statesAfter(cursor, 'updated_at', [undefined, null, 'soon', '2026-11-02T00:00:00Z'])).toEqual([
    '2026-11-02T00:00:00Z',
  ]);
  expect(logs).toEqual([
    'WARN stream: records without a datetime in "updated_at" are read every time: no state can tell them from new ones.',
  ]);
});

test('start and end of the slice go where the options say, under names that the manifest can choose', () => {
  const cursor = begin(`${DAILY}
partition_field_start: from
partition_field_end: to
start_time_option: { inject_into: request_parameter, field_name: since }
end_time_option: { inject_into: header, field_name: X-Until }
`);
  expect(cursor.slices).toEqual([{ from: '2026-11-01', to: '2026-11-10' }]);
  expect(cursor.inject(partitionOf(cursor.slices[0]))).toMatchObject({
    params: { since: '2026-11-01' },
    headers: { 'X-Until': '2026-11-10' },
  });
});

test('a moment is kept between two others, in a format of its own or that of its holder', () => {
  const moment = (yaml: string, config: JsonObject = {}): string =>
    new Date(make('datetime', `type: MinMaxDatetime\n${yaml}`, config).moment('%Y-%m-%d') / 1000).toISOString();
  expect(moment('datetime: "2026-01-02"')).toBe('2026-01-02T00:00:00.000Z');
  expect(moment('datetime: "1793664000"\ndatetime_format: "%s"')).toBe('2026-11-03T00:00:00.000Z');
  expect(moment('datetime: "2026-01-02"\nmin_datetime: "2026-05-01"')).toBe('2026-05-01T00:00:00.000Z');
  expect(moment('datetime: "2026-07-02"\nmax_datetime: "{{ config.until }}"', { until: '2026-05-01' })).toBe(
    '2026-05-01T00:00:00.000Z',
  );
  expect(moment('datetime: "2026-07-02"\nmax_datetime: "{{ config.get(\'until\', \'\') }}"')).toBe(
    '2026-07-02T00:00:00.000Z',
  );
  expect(moment('datetime: "{{ now_utc().strftime(\'%Y-%m-%d\') }}"')).toBe(new Date(NOON - 43_200_000).toISOString());
});

/** A stream with a cursor, read from a state, and the ids that came of it. */
async function readIds(more: string, replies: unknown[], { state = {}, paginator = '', router = '' } = {}) {
  const left = [...replies];
  const { send, sent } = fakeSend({ 'GET /items': () => reply(200, left.shift()) });
  const yaml = `
type: DeclarativeStream
name: items
retriever:
  requester: { url: https://example.com/items, request_parameters: { to: "{{ stream_interval.end_time }}" } }
  record_selector: { extractor: { field_path: [] } }
  ${paginator}
  ${router}
incremental_sync:${`${DAILY}${more}`.replaceAll('\n', '\n  ')}`;
  const { component } = build('stream', yaml, { send });
  const { retriever } = component;
  retriever.resume?.(state);
  const ids: unknown[] = [];
  for await (const partition of retriever.partitions()) {
    for await (const row of (await retriever.retrieve(partition)) ?? []) ids.push(row.value()['id']);
  }
  return { ids, component, sent: sent.map(({ params }) => params) };
}

const days = (...list: string[]): unknown[] => list.map((day) => ({ id: Number(day.slice(-2)), day }));

test('each slice is a request, and templates know its ends', async () => {
  const { ids, sent } = await readIds(
    'step: P5D\ncursor_granularity: P1D\nstart_time_option: { inject_into: request_parameter, field_name: from }\n',
    [days('2026-11-02'), days('2026-11-07')],
  );
  expect(ids).toEqual([2, 7]);
  expect(sent).toEqual([
    { from: '2026-11-01', to: '2026-11-05' },
    { from: '2026-11-06', to: '2026-11-10' },
  ]);
});

test('what the server cannot filter is filtered here: records of another time are left out, those without a time are not', async () => {
  const state = { day: '2026-11-05' };
  const records = [...days('2026-11-04', '2026-11-05', '2026-11-06', '2026-11-11'), { id: 'none' }];
  expect((await readIds('is_client_side_incremental: true\n', [records], { state })).ids).toEqual([5, 6, 'none']);
  expect((await readIds('', [records], { state })).ids).toEqual([4, 5, 6, 11, 'none']);
});

const paginator = 'paginator: { type: DefaultPaginator, pagination_strategy: { type: PageIncrement, page_size: 2 } }';

test('the pages of a data feed end with the first record that has been read already', async () => {
  const pages = [
    days('2026-11-09', '2026-11-08'),
    days('2026-11-07', '2026-11-05'),
    days('2026-11-05', '2026-11-04'),
    days('2026-11-03', '2026-11-02'),
  ];
  const { ids, sent } = await readIds('is_data_feed: true\n', pages, { state: { day: '2026-11-05' }, paginator });
  expect(ids).toEqual([9, 8, 7, 5, 5]);
  expect(sent).toHaveLength(3);
});

test('records that are filtered here count for the page', async () => {
  const pages = [days('2026-11-02', '2026-11-03'), days('2026-11-08')];
  const { ids } = await readIds('is_client_side_incremental: true\n', pages, {
    state: { day: '2026-11-05' },
    paginator,
  });
  expect(ids).toEqual([8]);
});

test('a stream says its cursor field', async () => {
  expect((await readIds('', [[]])).component.cursorField).toBe('day');
});

test('with a partition router the stream is read in full: partition after partition, each in its slices', async () => {
  const router =
    'partition_router: { type: ListPartitionRouter, cursor_field: group, values: [a, b], request_option: { inject_into: request_parameter, field_name: group } }';
  const { component, sent } = await readIds('step: P5D\ncursor_granularity: P1D\n', [[], [], [], []], { router });
  expect(component.cursorField).toBeUndefined();
  expect(component.retriever.resume).toBeUndefined();
  expect(sent).toEqual([
    { group: 'a', to: '2026-11-05' },
    { group: 'a', to: '2026-11-10' },
    { group: 'b', to: '2026-11-05' },
    { group: 'b', to: '2026-11-10' },
  ]);
});

test('with one state for all partitions it moves on when the last of them has been read', async () => {
  const cursor = begin(`${DAILY}global_substream_cursor: true`, { day: '2026-11-03' });
  expect(spans(cursor)).toEqual([['2026-11-03', '2026-11-10']]);
  for (const [group, day] of [
    ['a', '2026-11-08'],
    ['b', '2026-11-05'],
  ]) {
    const partition = partitionOf({ ...cursor.slices[0], group });
    cursor.seen(rowOfValue({ day }), partition);
    cursor.ended(partition);
    expect(cursor.state()).toEqual({ day: '2026-11-03' });
  }
  expect(cursor.state(true)).toEqual({ day: '2026-11-08' });
  const router = 'partition_router: { type: ListPartitionRouter, cursor_field: group, values: [a, b] }';
  const { component } = await readIds('global_substream_cursor: true\n', [[], []], { router });
  expect([component.cursorField, typeof component.retriever.resume]).toEqual(['day', 'function']);
});

test('the state that the reference engine leaves of all partitions is understood', () => {
  const state = { use_global_cursor: true, state: { day: '2026-11-04' }, lookback_window: 3 };
  const cursor = begin(`${DAILY}global_substream_cursor: true`, state);
  expect([spans(cursor), cursor.state(true)]).toEqual([[['2026-11-04', '2026-11-10']], { day: '2026-11-04' }]);
});

test('a parent with a cursor is read from its start', async () => {
  const { send, sent } = fakeSend({ 'GET /items': () => reply(200, days('2026-11-02')) });
  const yaml = `
type: SubstreamPartitionRouter
parent_stream_configs:
  - parent_key: id
    partition_field: item
    stream:
      name: items
      retriever:
        requester: { url: https://example.com/items }
        record_selector: { extractor: { field_path: [] } }
      incremental_sync:${`${DAILY}start_time_option: { inject_into: request_parameter, field_name: from }`.replaceAll('\n', '\n        ')}`;
  const { component } = build('partition_router', yaml, { send });
  expect((await all(component.partitions())).map(({ values }) => values['item'])).toEqual([2]);
  expect(sent[0]?.params).toEqual({ from: '2026-11-01' });
});
