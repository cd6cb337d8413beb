// The runner of stream tests: a case that tells the truth holds, and each thing it may tell makes it fail when it is not so.
import { expect, test } from 'vitest';
import { reportFor } from './support.ts';

const THINGS = 'GET /api/things?kind=all&page=1';

/** The lines of a report without the place of the case and the indent. */
async function differencesOf(testCase: string): Promise<string[]> {
  const [place = '', ...lines] = (await reportFor(testCase)).split('\n');
  expect(place).toBe('things.yaml:6 things: it works');
  return lines.map((line) => line.slice(2));
}

test.each([
  [
    'rows come out unchanged but for what is added and removed',
    `
replies:
  ${THINGS}: { body: { data: [{ id: 9007199254740993, price: 1.10, secret: x }] }, records_at: data }
records: { added: [source], removed: [secret] }`,
  ],
  [
    'the query may stand in another order and encoding',
    `
replies:
  GET /api/things?page=%31&kind=all: { recording: admin/things }
records: { contain: [{ id: 1 }, { id: 2 }] }`,
  ],
  [
    'a recording keeps its digits',
    `
replies:
  ${THINGS}: { recording: admin/digits }
records: [{ source: example, id: 9007199254740993 }]`,
  ],
  [
    'an error is expected by a part of its message',
    `
replies:
  ${THINGS}: { recording: reader/things }
error: { failure_type: config_error, message: Not for you. }`,
  ],
  [
    'replies to one request come in turn, and nobody waits',
    `
replies:
  ${THINGS}:
    - { status: 503, headers: { retry-after: '100' } }
    - { fails: The connection was refused. }
    - { body: { data: [{ id: 1 }] }, cut_after: 5 }
    - { body: { data: [{ id: 1 }] } }
records: { contain: [{ id: 1 }] }`,
  ],
  [
    'a reply may answer again and again',
    `
replies:
  ${THINGS}: { status: 500, text: Oh., repeats: true }
error: { failure_type: transient_error, message: Oh. }`,
  ],
  [
    'a reply may be left unasked',
    `
replies:
  ${THINGS}: { body: { data: [] } }
  GET /api/other: { body: [], optional: true }`,
  ],
  [
    'requests are told in their order, and the last reply answers again',
    `
replies:
  ${THINGS}: [{ status: 500 }, { body: { data: [] } }]
requests: ['${THINGS}', '${THINGS}']`,
  ],
  [
    'warnings are told by level and words',
    `
replies:
  ${THINGS}: { status: 410 }
logs: [WARN It is gone.]`,
  ],
])('a case holds: %s', async (_, testCase) => {
  expect(await reportFor(testCase)).toBe('');
});

test('a request without a reply fails the case, with its method and URL', async () => {
  const differences = await differencesOf('\nreplies:\n  GET /api/others: { body: [] }');
  expect(differences).toEqual([`unexpected request: ${THINGS}`, 'not asked: GET /api/others']);
});

test('a request has to carry what the reply says', async () => {
  const report = (request: string) =>
    reportFor(`\nreplies:\n  POST /api/query: { body: { data: [] }, request: ${request} }`, 'answers');
  const unexpected = 'unexpected request: POST /api/query with {"query":"select"}';
  expect(await report('{ json: { query: select }, headers: { content-type: application/json } }')).toBe('');
  expect(await report('{ json: { query: other } }')).toContain(unexpected);
  expect(await report('{ form: { query: select } }')).toContain(unexpected);
  expect(await report('{ headers: { content-type: text/plain } }')).toContain(unexpected);
});

test('a reply that is used up is not given again', async () => {
  const differences = await differencesOf(`\nreplies:\n  ${THINGS}: { status: 500 }`);
  expect(differences).toEqual([`unexpected request: ${THINGS}, for which all replies are used up`]);
});

test('a reply that nobody asks for fails the case', async () => {
  const replies = `\nreplies:\n  ${THINGS}: { body: { data: [] } }\n  GET /api/other: { body: [] }`;
  expect(await differencesOf(replies)).toEqual(['not asked: GET /api/other']);
});

test('requests in another order or number fail the case', async () => {
  const differences = await differencesOf(
    `\nreplies:\n  ${THINGS}: { body: { data: [] } }\nrequests: ['${THINGS}', '${THINGS}']`,
  );
  expect(differences).toEqual(['the requests are others:', `      ${THINGS}`, `    - ${THINGS}`, '      ']);
});

test('a record that is another is shown line by line', async () => {
  const differences = await differencesOf(`
replies:
  ${THINGS}: { body: { data: [{ id: 1, name: Ada, price: 1.1 }, { id: 2 }] } }
records:
  - { id: 1, name: Ada, price: 1.10, source: example }
  - { id: 2, source: example }`);
  expect(differences).toEqual([
    'record 1 is another:',
    '      …',
    '        "id": 1,',
    '        "name": "Ada",',
    '    -   "price": 1.10,',
    '    +   "price": 1.1,',
    '        "source": "example"',
    '      }',
  ]);
});

test.each([
  ['[{ id: 1, source: example }]', 'record 2 is one too many (expected 1 records, 2 came):'],
  [
    '[{ id: 1, source: example }, { id: 2, source: example }, { id: 3 }]',
    'record 3 is missing (expected 3 records, 2 came):',
  ],
  [
    '[{ id: 2, source: example }, { id: 1, source: example }]',
    'the expected records came in another order; record 1 is the first',
  ],
  ['[]', 'record 1 is one too many (expected 0 records, 2 came):'],
  ['{ count: 3 }', 'expected 3 records, 2 came'],
  ['{ contain: [{ id: 1 }] }', 'expected 1 records, 2 came'],
  ['{ count: 2, contain: [{ id: 4 }] }', 'no record has these fields:'],
  ['{ contain: [{ id: 2 }, { id: 1 }] }', 'no record has these fields, after the ones before:'],
  ['{ count: 2, added: [sources] }', 'record 1 has not the added field "sources"'],
])('records of which %s is told fail the case', async (records, difference) => {
  const replies = `\nreplies:\n  ${THINGS}: { recording: admin/things }`;
  expect(await differencesOf(`${replies}\nrecords: ${records}`)).toContain(difference);
});

test('records nobody tells of fail the case', async () => {
  const [difference] = await differencesOf(`\nreplies:\n  ${THINGS}: { recording: admin/things }`);
  expect(difference).toBe('record 1 is one too many (expected 0 records, 2 came):');
});

test('the record that a wrong expectation means is shown', async () => {
  const differences = await differencesOf(`
replies:
  ${THINGS}: { body: { data: [{ id: 1, name: Ada }] } }
records: { contain: [{ id: 1, name: Eve }] }`);
  expect(differences.slice(1)).toEqual([
    '      {',
    '        "id": 1,',
    '    -   "name": "Eve"',
    '    +   "name": "Ada"',
    '      }',
  ]);
});

test.each([
  ['its fields come in another order', '{ name: Ada, id: 1 }', 'records: { added: [] }'],
  ['a field is added that is not told', '{ id: 1 }', ''],
  ['a field is removed that is not told', '{ id: 1, secret: x }', 'records: { added: [source] }'],
])('rows that do not come out as they are fail the case: %s', async (_, row, records) => {
  const replies = `\nreplies:\n  ${THINGS}: { body: { data: [${row}] }, records_at: data }\n${records}`;
  expect((await differencesOf(replies))[0]).toBe('record 1 is another:');
});

test('rows that do not come out at all fail the case', async () => {
  const replies = `\nreplies:\n  ${THINGS}: { body: { data: [{ id: 1 }], more: [{ id: 2 }] }, records_at: '*' }`;
  const [difference] = await differencesOf(`${replies}\nrecords: { added: [source] }`);
  expect(difference).toBe('record 2 is missing (expected 2 records, 1 came):');
});

test.each([
  [
    'an error that is not told',
    '',
    ['the status is INCOMPLETE, expected COMPLETE', expect.stringContaining('unexpected config_error: ')],
  ],
  [
    'an error of another type',
    'error: { failure_type: system_error, message: Not for you. }',
    [expect.stringContaining('the error is another:')],
  ],
  [
    'an error in other words',
    'error: { failure_type: config_error, message: Not for us. }',
    [expect.stringContaining('the error is another:')],
  ],
])('%s fails the case', async (_, error, expected) => {
  const differences = await differencesOf(`\nreplies:\n  ${THINGS}: { recording: reader/things }\n${error}`);
  expect(differences).toEqual(expect.arrayContaining(expected));
});

test('an error that does not come fails the case', async () => {
  const replies = `\nreplies:\n  ${THINGS}: { body: { data: [] } }`;
  expect(await differencesOf(`${replies}\nerror: { failure_type: config_error, message: Not for you. }`)).toEqual([
    'the status is COMPLETE, expected INCOMPLETE',
    'there is no error, expected a config_error with "Not for you."',
  ]);
});

test('warnings that are not told, and told ones that do not come, fail the case', async () => {
  const differences = await differencesOf(`\nreplies:\n  ${THINGS}: { status: 410 }\nlogs: [WARN It is here.]`);
  expect(differences).toEqual([expect.stringContaining('unexpected log: WARN '), 'there is no log: WARN It is here.']);
});

test('records that are not valid against their schema fail the case', async () => {
  const differences = await differencesOf(`
replies:
  ${THINGS}: { body: { data: [{ id: one, owner: { id: 2 } }, { id: 2, owner: 5 }] } }
records: { count: 2 }`);
  expect(differences).toEqual([
    'record 1 is not valid against the schema of its stream: /id must be integer,null',
    'record 2 is not valid against the schema of its stream: /owner must be object',
  ]);
});

test('fields that the schema does not name fail the case, unless it tells them', async () => {
  const replies = `\nreplies:\n  ${THINGS}: { body: { data: [{ id: 1, color: red, owner: { id: 2, name: Ada } }] } }\nrecords: { count: 1 }`;
  expect(await differencesOf(replies)).toEqual([
    'the schema does not name the field color',
    'the schema does not name the field owner.name',
  ]);
  expect(await reportFor(`${replies}\nundeclared_fields: [color, owner.name]`)).toBe('');
  expect(await differencesOf(`${replies}\nundeclared_fields: [color, owner.name, size]`)).toEqual([
    'undeclared_fields tells of size, which no record has or the schema names',
  ]);
});

test('a recording that does not exist fails the case', async () => {
  const [difference] = await differencesOf(`\nreplies:\n  ${THINGS}: { recording: admin/nothing }`);
  expect(difference).toMatch(/^No recording in .* has the name "admin\/nothing"\. Did you mean "admin\/things"\?$/);
});

test('a stream that the manifest does not have fails the case', async () => {
  expect(await reportFor('\nreplies: {}', 'nothing')).toContain('The manifest has no stream "nothing". It has: ');
});

test('discover lists a stream, with its schema or a part of it', async () => {
  const discover = '\nverb: discover\nreplies: {}\n';
  expect(await reportFor(`${discover}schema: { properties: { id: { type: [integer, 'null'] } } }`)).toBe('');
  expect(await differencesOf(`${discover}schema: { type: array }`)).toEqual([
    'the schema is another:',
    '      {',
    '    -   "type": "array"',
    '    +   "type": "object"',
    '      }',
  ]);
  expect(await differencesOf(`${discover}listed: false`)).toEqual(['the stream is listed']);
});

test('a discovery that asks what nobody answers, or asks less, fails the case', async () => {
  const replies = `\nverb: discover\nreplies:\n  ${THINGS}: { body: { data: [] } }`;
  expect(await differencesOf(replies)).toEqual([`not asked: ${THINGS}`]);
});

const INCREMENTAL = `
sync_mode: incremental
now: '2026-03-10T08:00:00Z'
state: { day: '2026-03-01' }
replies:
  GET /api/changes?since=2026-03-01&until=2026-03-10: { body: { data: [{ day: '2026-03-05' }] } }
records: [{ day: '2026-03-05' }]
`;

test('an incremental sync goes from the state to now, and its state at the end is told', async () => {
  expect(await reportFor(`${INCREMENTAL}state_after: { day: '2026-03-05' }`, 'changes')).toBe('');
  expect(await reportFor(`${INCREMENTAL}state_after: { day: '2026-03-06' }`, 'changes')).toContain(
    '    -   "day": "2026-03-06"\n      +   "day": "2026-03-05"',
  );
});

test.each([
  ['state', "state: { day: '2026-03-01' }", "state: { day: '2026-03-02' }"],
  ['time', "now: '2026-03-10T08:00:00Z'", "now: '2026-03-11T08:00:00Z'"],
  ['way of reading', 'sync_mode: incremental', 'sync_mode: full_refresh'],
])('another %s makes other requests', async (_, one, other) => {
  expect(await reportFor(INCREMENTAL.replace(one, other), 'changes')).toContain('unexpected request: GET /api/changes');
});
