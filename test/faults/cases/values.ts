// Values: the bytes of records come out as they came in. Passwords are texts whatever they look like.
import { ADMIN, as, type Case, on, onLogin } from '../case.ts';

interface Value {
  what: string;
  record: string;
}

const VALUES: Value[] = [
  { what: 'integers beyond 64 bit', record: '{"id":1,"n":123456789012345678901234567890,"m":-9007199254740993}' },
  { what: 'decimals', record: '{"id":1,"a":1.10,"b":0.30000000000000000000001,"c":-0.0,"d":1E5,"e":100e-2}' },
  { what: 'numbers beyond doubles', record: '{"id":1,"a":1e400,"b":-1e400,"c":1e-400}' },
  { what: 'duplicate keys', record: '{"id":1,"a":1,"a":2,"b":{"x":null,"x":true}}' },
  { what: 'escapes', record: '{"id":1,"a":"\\u00e9\\/\\n\\t\\"\\\\","b":"\\ud83d\\ude00","c":"\\ud800"}' },
  { what: 'unicode', record: '{"id":1,"a":"é 漢字 😀 \u2028 \u00a0 \ufeff","é":"ключ"}' },
  { what: 'the order of keys', record: '{"id":1,"z":1,"a":2,"10":3,"2":4,"":5,"__proto__":{"x":1}}' },
  { what: 'nulls and empty values', record: '{"id":1,"a":null,"b":"","c":[],"d":{},"e":[null,[[]]],"f":false}' },
  { what: 'white space', record: '{ "id" : 1 , "a" : [ 1,  2 ] }' },
  { what: 'braces in texts', record: '{"id":1,"a":"}],[{\\"","b":"\\\\"}' },
];

const all = VALUES.map(({ record }) => record);

const loginBody = (password: string): string => JSON.stringify({ username: ADMIN.username, password });

export const values: Case[] = [
  ...VALUES.map(({ what, record }): Case => ({
    name: `${what} come out as they came in`,
    faults: [on('/api/card', { rewriteBody: () => `[${record}]` })],
    expect: { data: { cards: [record] }, requests: 3 },
  })),
  {
    name: 'values come out as they came in from a page',
    streams: ['users'],
    faults: [on('/api/user', { rewriteBody: () => `{"total":1,"data":[\n${all.join(' ,\n')}\n],"limit":null}` })],
    expect: { data: { users: all }, requests: 3 },
  },
  {
    name: 'values come out as they came in from details',
    streams: ['dashboards'],
    metabase: { dashboards: 2 },
    faults: [
      on('/api/dashboard', { rewriteBody: () => JSON.stringify(all.map((_, index) => ({ id: index + 1 }))) }),
      ...all.map((record, index) => on(`/api/dashboard/${index + 1}`, { status: 200, body: record })),
    ],
    expect: { data: { dashboards: all }, requests: 13 },
  },
  {
    name: 'line breaks between tokens go, those in texts stay',
    faults: [on('/api/card', { rewriteBody: () => '[\r\n{\r\n  "id": 1,\n  "a": "x\\ny"\n}\r\n]\r\n' })],
    expect: { data: { cards: ['{  "id": 1,  "a": "x\\ny"}'] }, requests: 3 },
  },
  {
    name: 'a byte order mark before the document is no part of it',
    faults: [on('/api/card', { rewriteBody: () => '\ufeff[{"id":1}]' })],
    expect: { data: { cards: ['{"id":1}'] }, requests: 3 },
  },
  {
    name: 'a transformation leaves what it does not touch: digits, texts and nulls',
    streams: ['databases'],
    faults: [
      on('/api/database', {
        rewriteBody: () =>
          '{"data":[{"id":1,"details":{"password":"x"},"a":1.10,"b":123456789012345678901,"c":1e400,"d":null,"e":"é😀"}]}',
      }),
    ],
    expect: {
      data: { databases: ['{"id":1,"a":1.10,"b":123456789012345678901,"c":1e400,"d":null,"e":"é😀"}'] },
      requests: 3,
    },
  },
  {
    name: 'a record with duplicate keys passes a transformation that does not touch them',
    streams: ['databases'],
    faults: [on('/api/database', { rewriteBody: () => '{"data":[{"id":1,"a":1,"a":2,"details":{}}]}' })],
    expect: { records: { databases: 1 }, data: { databases: ['{"id":1,"a":1,"a":2}'] }, requests: 3 },
  },
  {
    name: 'a parent with duplicate keys is read',
    streams: ['dashboards'],
    faults: [
      on('/api/dashboard', { rewriteBody: () => '[{"id":1,"a":1,"a":2}]' }),
      on('/api/dashboard/1', { status: 200, body: '{"id":1}' }),
    ],
    expect: { data: { dashboards: ['{"id":1}'] }, requests: 4 },
  },
  {
    name: 'a record of two megabytes comes out whole',
    faults: [on('/api/card', { rewriteBody: () => `[{"id":1,"a":"${'ö'.repeat(1_000_000)}"}]` })],
    expect: { data: { cards: [`{"id":1,"a":"${'ö'.repeat(1_000_000)}"}`] }, requests: 3 },
  },
  {
    name: 'a compressed list comes out as a plain one',
    metabase: { gzip: true },
    streams: ['cards', 'dashboards', 'users'],
    expect: { records: { cards: 45 }, requests: 13 },
  },
  ...['12345678', 'True', '[1,2]', ' a', "'q'", '{{ config.x }}', 'null', '007', '1e3', '{"a":1}'].map(
    (password): Case => ({
      name: `the password ${JSON.stringify(password)} is sent as it is`,
      config: as({ ...ADMIN, password }),
      faults: [onLogin({ status: 200, body: '{"id":"11111111-2222-4333-8444-555555555555"}' })],
      expect: {
        exit: 1,
        statuses: { cards: 'INCOMPLETE' },
        failure: 'config_error',
        message: '401 Unauthorized',
        logins: 0,
        requests: [3, 6],
        requestsTo: { '/api/card': [1, 2] },
        loginBodies: [loginBody(password), loginBody(password)],
      },
    }),
  ),
];
