// A test read: what it asks, what it shows, what it keeps back.
import { expect, test } from 'vitest';
import { json } from '../support/http.ts';
import { nested, seen, streamOf, tryOf } from './attempts.ts';

const rows = (count: number, from = 1): { id: number }[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));
const users = (count: number) => ({ 'GET /users': json({ data: rows(count) }) });

const PAGES = `      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: PageIncrement, page_size: 2, start_from_page: 1, inject_on_first_request: true }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
`;

/** Reads by the records of another stream. */
const childOf = (parent: string): string => `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: id
            partition_field: parent_id
            request_option: { type: RequestOption, inject_into: request_parameter, field_name: of }
            stream:
${nested(parent, 14)}`;

test('it stops at the limit: no further page is asked for', async () => {
  const answers = {
    'GET /users?page=1': json({ data: rows(2) }),
    'GET /users?page=2': json({ data: rows(2, 3) }),
  };
  const { trial, asked } = await tryOf(streamOf('users', PAGES), answers, { limit: 3 });
  expect(asked).toEqual(['GET /users?page=1', 'GET /users?page=2']);
  expect(trial.records).toEqual(rows(3));
  expect(trial.isCut).toBe(true);
});

test('three slices of a child ask for no more parents than they need', async () => {
  const child = streamOf('users', childOf(streamOf('teams', PAGES)));
  const answers = {
    'GET /teams?page=1': json({ data: rows(2) }),
    'GET /teams?page=2': json({ data: rows(2, 3) }),
    ...Object.fromEntries([1, 2, 3].map((id) => [`GET /users?of=${id}`, json({ data: rows(1, 10 * id) })])),
  };
  const { trial, asked } = await tryOf(child, answers);
  expect(asked).toEqual([
    'GET /teams?page=1',
    'GET /users?of=1',
    'GET /users?of=2',
    'GET /teams?page=2',
    'GET /users?of=3',
  ]);
  expect(trial.slices.map(({ values }) => values['parent_id'])).toEqual([1, 2, 3]);
});

test('parents that have parents are asked for when their turn comes', async () => {
  const parent = streamOf('teams', childOf(streamOf('firms')));
  const answers = {
    'GET /firms': json({ data: rows(50) }),
    'GET /teams?of=1': json({ data: rows(1) }),
    'GET /teams?of=2': json({ data: rows(1, 2) }),
    'GET /users?of=1': json({ data: rows(1) }),
    'GET /users?of=2': json({ data: rows(1) }),
  };
  const { asked } = await tryOf(streamOf('users', childOf(parent)), answers, { slices: 2 });
  expect(asked).toEqual(['GET /firms', 'GET /teams?of=1', 'GET /users?of=1', 'GET /teams?of=2', 'GET /users?of=2']);
});

test('a request is shown with its reply and what was found in it', async () => {
  const screen = seen(await tryOf(streamOf('users'), users(2)));
  expect(screen).toContain('GET https://example.com/users  users');
  expect(screen).toMatch(/< 200 OK {2}0 ms {2}28 B {2}application\/json/);
  expect(screen).toContain('< {"data":[{"id":1},{"id":2}]}');
  expect(screen).toContain('= 2 records at data\n');
  expect(screen).toContain('── 2 records ─');
});

test('what the filter leaves out is counted, and what transformations do is shown before and after', async () => {
  const filter = `        record_filter: { type: RecordFilter, condition: "{{ record['id'] > 1 }}" }\n`;
  const transformations = `    transformations:
      - { type: AddFields, fields: [{ path: [kind], value: person }, { path: [name], value: "{{ record['name'] | upper }}" }] }
      - { type: RemoveFields, field_pointers: [[secret]] }
`;
  const data = [{ id: 1 }, { id: 2, name: 'ada', secret: 1 }, { id: 3, name: 'bob' }];
  const screen = seen(await tryOf(streamOf('users', filter, transformations), { 'GET /users': json({ data }) }));
  expect(screen).toContain("= 1 left out by the filter {{ record['id'] > 1 }}");
  expect(screen).toContain('= 3 fields changed by transformations:');
  expect(screen).toMatch(/\+ kind +"person"/);
  expect(screen).toMatch(/~ name +"ada" → "ADA"/);
  expect(screen).toMatch(/- secret +1 \(in 1 of 2\)/);
});

test('a stream that fails shows the exchange that failed, whatever was asked for', async () => {
  const forbidden = { 'GET /users': json({ error: 'not for you' }, 403) };
  for (const show of ['all', 'records', 'schema'] as const) {
    const screen = seen(await tryOf(streamOf('users'), forbidden), { show });
    expect(screen).toContain('< 403 Forbidden');
    expect(screen).toContain('{"error":"not for you"}');
    expect(screen.replaceAll('\n', ' ')).toContain('users failed: Request failed with status code 403 Forbidden');
  }
});

test('a name that no stream has is an error that offers the nearest one', async () => {
  await expect(tryOf(streamOf('users'), {}, { stream: 'user' })).rejects.toThrow(
    'There is no stream "user". Did you mean "users"?',
  );
});

test('a stream that only the config knows is found by its name', async () => {
  const dynamic = `${streamOf('users')}dynamic_streams:
  - type: DynamicDeclarativeStream
    stream_template:
${nested(streamOf('template'), 6)}    components_resolver:
      type: ConfigComponentsResolver
      stream_config: { type: StreamConfig, configs_pointer: [teams] }
      components_mapping:
        - { type: ComponentMappingDefinition, field_path: [name], value: "{{ components_values['name'] }}" }
        - { type: ComponentMappingDefinition, field_path: [retriever, requester, path], value: "{{ components_values['name'] }}" }
`;
  const config = { teams: [{ name: 'red' }, { name: 'blue' }] };
  const { trial } = await tryOf(dynamic, { 'GET /blue': json({ data: rows(1) }) }, { stream: 'blue', config });
  expect(trial.records).toEqual(rows(1));
  await expect(tryOf(dynamic, {}, { stream: 'blu', config })).rejects.toThrow('Did you mean "blue"?');
});

test('the schema is held against the records: what is missing, wrong and unused, with what to paste', async () => {
  const data = [{ id: 'a', owner: { name: 'x' }, tags: [1] }];
  const declared = streamOf('users')
    .replace('[integer', '[boolean')
    .replace("'null'] } }", "'null'] }, old: { type: string } }");
  const attempt = await tryOf(declared, { 'GET /users': json({ data }) });
  expect(seen(attempt, { show: 'schema' })).toContain(`2 fields of the records missing in manifest.yaml:9; to add:
    owner:
      type: ['null', object]
      additionalProperties: true
      properties:
        name:
          type: ['null', string]
    tags:
      type: ['null', array]
      items:
        type: ['null', integer]
1 field declared with another type; in its place:
  id is declared as boolean, and is string
    id:
      type: ['null', string]
1 declared field in none of 1 record:
    old`);
  const place = { shown: 'schemas/users.json', language: 'json' } as const;
  expect(seen(attempt, { show: 'schema', place })).toContain(`    "id": { "type": ["null", "string"] },`);
});

test('records as JSON are what a sync would write, and no digit of them is lost', async () => {
  const reply = new Response('{"data": [{"id": 12345678901234567890, "price": 1.10}]}');
  const attempt = await tryOf(streamOf('users'), { 'GET /users': reply });
  expect(seen(attempt, { show: 'records', format: 'json' })).toContain('\n{"id":12345678901234567890,"price":1.10}\n');
});

test('no line is wider than the terminal', async () => {
  const data = [
    {
      id: 1,
      text: 'ä 日本語 👍 \u001b[31m '.repeat(20),
      ...Object.fromEntries(rows(60).map(({ id }) => [`field_${id}`, id])),
    },
  ];
  const attempt = await tryOf(streamOf('users'), { 'GET /users': json({ data }) });
  for (const width of [60, 80, 120]) {
    const lines = seen(attempt, {}, width).split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  }
});
