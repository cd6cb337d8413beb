// Replies that are not what the manifest expects: an error after two more attempts, never "COMPLETE, 0 records".
import { type Case, HTML, JSON_TYPE, on, onLogin, type StreamName, type Text } from '../case.ts';
import type { Fault } from '../../metabase/faults.ts';

const json = (body: string) => ({ status: 200, headers: JSON_TYPE, body });

interface Wrong {
  what: string;
  do: Fault['do'];
  message: Text[];
}

const WRONG_LISTS: Wrong[] = [
  { what: 'HTML', do: HTML, message: ['text/html', '<!DOCTYPE html>', 'status is 200'] },
  { what: 'an empty body', do: json(''), message: ['nothing', 'application/json', 'starts with ""'] },
  { what: 'white space only', do: json(' \n '), message: ['status is 200'] },
  { what: 'plain text', do: { status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' }, message: ['"OK"'] },
  { what: 'an object with an error', do: json('{"error":"busy"}'), message: ['one object', 'a list', '{\\"error\\"'] },
  { what: 'null', do: json('null'), message: ['no record'] },
  { what: 'a number', do: json('0'), message: ['no record'] },
  { what: 'a text', do: json('"maintenance"'), message: ['maintenance'] },
  { what: 'a list of numbers', do: json('[1,2]'), message: ['a record is not an object'] },
  { what: 'a list that starts with null', do: json('[null]'), message: ['a record is not an object'] },
  { what: 'a list of empty texts', do: json('[""]'), message: ['a record is not an object'] },
  { what: 'a list of lists', do: json('[[]]'), message: ['a record is not an object'] },
  { what: 'JSON that is cut off', do: json('[{"id":37},{"id'), message: ['in the middle of it'] },
  { what: 'JSON with more behind it', do: json('[]]'), message: ['more text after the document'] },
  { what: 'two JSON documents', do: json('[][]'), message: ['more text after the document'] },
  {
    what: 'a control character in a text',
    do: { rewriteBody: () => '[{"id":1,"name":"\u0001"}]' },
    message: ['not what the manifest expects'],
  },
];

const FALSE_COMPLETE = 'not what the manifest expects';

const onList = ({ what, do: action, message }: Wrong): Case => ({
  name: `${what} in place of a list is an error`,
  streams: ['cards', 'users'],
  faults: [on('/api/card', action)],
  expect: {
    exit: 1,
    statuses: { cards: 'INCOMPLETE', users: 'COMPLETE' },
    failure: 'system_error',
    message: ['cards:', FALSE_COMPLETE, 'GET <api>/card', ...message],
    requests: 6,
    requestsTo: { '/api/card': 3 },
  },
});

const wrongOnce = (name: string, stream: StreamName, fault: Fault, requests: number): Case => ({
  name,
  streams: [stream],
  faults: [{ ...fault, times: 1 }],
  expect: { requests },
});

export const wrongReplies: Case[] = [
  ...WRONG_LISTS.map(onList),
  wrongOnce('HTML once in place of a list is asked for again', 'cards', on('/api/card', HTML), 4),
  wrongOnce(
    'an error object once in place of a list is asked for again and is no record',
    'cards',
    on('/api/card', json('{"error":"busy"}')),
    4,
  ),
  wrongOnce(
    'an empty body once in place of a detail is asked for again',
    'dashboards',
    on('/api/dashboard/6', json('')),
    12,
  ),
  wrongOnce(
    'a list once in place of a detail is asked for again',
    'dashboards',
    on('/api/dashboard/6', json('[{"id":6}]')),
    12,
  ),
  wrongOnce('HTML once in place of the parents’ list is asked for again', 'dashboards', on('/api/dashboard', HTML), 12),
  {
    name: 'HTML in place of the parents’ list is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard', HTML)],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'GET <api>/dashboard ', 'text/html'],
      requests: 5,
    },
  },
  {
    name: 'an object in place of the parents’ list is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard', json('{"error":"busy"}'))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'one object'],
      requests: 5,
    },
  },
  {
    name: 'a list in place of a detail is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/1', json('[{"id":1}]'))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      records: { dashboards: 0 },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'one list', 'GET <api>/dashboard/1'],
      requests: [6, 13],
    },
  },
  {
    name: 'HTML in place of a detail in the middle is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/6', HTML)],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      records: { dashboards: 4 },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'GET <api>/dashboard/6', 'text/html'],
      requests: [9, 13],
    },
  },
  {
    name: 'a detail that is an empty text is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/6', json('""'))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'GET <api>/dashboard/6'],
      requests: [9, 13],
    },
  },
  {
    name: 'a page without the path to its records is an error',
    streams: ['users'],
    faults: [on('/api/user', json('{"total":0}'))],
    expect: {
      exit: 1,
      statuses: { users: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['users:', FALSE_COMPLETE, 'there is nothing at "data"'],
      requests: 5,
    },
  },
  {
    name: 'null at the path to the records is an error',
    streams: ['users'],
    faults: [on('/api/user', json('{"data":null,"total":0}'))],
    expect: {
      exit: 1,
      statuses: { users: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, '"data"'],
      requests: 5,
    },
  },
  {
    name: 'an object at the path to the records is an error, and no record',
    streams: ['databases'],
    faults: [on('/api/database', json('{"data":{"id":1}}'))],
    expect: {
      exit: 1,
      statuses: { databases: 'INCOMPLETE' },
      records: { databases: 0 },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'one object at "data"'],
      requests: 5,
    },
  },
  {
    name: 'a list in place of the page is an error',
    streams: ['users'],
    faults: [on('/api/user', json('[]'))],
    expect: {
      exit: 1,
      statuses: { users: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, '"data"'],
      requests: 5,
    },
  },
  {
    name: '204 in place of a list is an error',
    faults: [on('/api/card', { status: 204 })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: [FALSE_COMPLETE, 'Its status is 204'],
      requests: 5,
    },
  },
  {
    name: '304 in place of a list is an error at once',
    faults: [on('/api/card', { status: 304 })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['304 Not Modified', 'GET <api>/card'],
      requests: 3,
    },
  },
  {
    name: 'an empty list is no error',
    metabase: { cards: 0 },
    expect: { records: { cards: 0 }, requests: 3 },
  },
  {
    name: 'an empty instance is no error',
    metabase: { size: 'empty' },
    streams: ['cards', 'collections', 'dashboards', 'users', 'databases', 'native_query_snippets', 'instance_info'],
    expect: { records: { cards: 0, dashboards: 0 }, requests: 10 },
  },
  {
    name: 'a wrong record in the middle of a list leaves what came before, and the stream INCOMPLETE',
    faults: [on('/api/card', json('[{"id":1},{"id":2},3,{"id":4}]'))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      data: { cards: ['{"id":1}', '{"id":2}'] },
      failure: 'system_error',
      message: 'a record is not an object: 3',
      requests: 5,
    },
  },
  {
    name: 'a body that is not what its content-encoding says is an error',
    faults: [on('/api/card', { status: 200, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: '[]' })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: 'broke off part-way',
      requests: 8,
    },
  },
  {
    name: 'a login page in place of the login’s reply says to check the URL',
    faults: [onLogin(HTML)],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: ['The reply to the login has no "id"', '<api>/session', 'text/html', 'Check that the URL'],
      logins: 0,
      requests: [1, 3],
    },
  },
];
