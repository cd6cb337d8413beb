// The format of stream tests: every problem of a file is told with its place.
import { expect, test } from 'vitest';
import { problemsOf } from './support.ts';

test.each([
  ['- name: a\n    replies: {}\n    record: []', 'things.yaml:8:5 unknown field "record". Did you mean "records"?'],
  ['- replies: {}', 'things.yaml:6:5 "name" is missing.'],
  ['- name: a\n    replies: { GET /a: { status: ok } }', 'things.yaml:7:34 the value must be integer.'],
  ['- name: a\n    replies: { GET /a: [] }', 'things.yaml:7:24 the value must NOT have fewer than 1 items.'],
  ['- name: a\n    replies: { GET a: {} }', 'things.yaml:7:16 "GET a" is not like "GET /path?query".'],
  [
    '- name: a\n    replies: { GET /a: { text: x, body: 1 } }',
    'things.yaml:7:16 a reply is one of body, text, recording and fails.',
  ],
  [
    '- name: a\n    replies: {}\n    sync_mode: all',
    'things.yaml:8:16 the value must be equal to one of the allowed values: full_refresh, incremental.',
  ],
  ['- name: a\n    replies: {}\n    error: { failure_type: config_error }', 'things.yaml:8:5 "message" is missing.'],
  ['- name: a\n    replies: {}\n  - name: a\n    replies: {}', 'things.yaml:8:5 another case has the name "a" too.'],
  [
    '- name: a\n    replies: { GET /a: { records_at: . } }\n    records: []',
    'things.yaml:8:5 the records are told twice: here and by `records_at`.',
  ],
  [
    '- name: a: b\n    replies: {}',
    'things.yaml:6:11 this is not YAML: Nested mappings are not allowed in compact mappings.',
  ],
  ['- name: a\n    verb: discover\n    replies: {}\n    records: []', 'things.yaml:9:5 discover has no records.'],
])('%j has a problem', (cases, problem) => {
  expect(problemsOf(`  ${cases}`)).toEqual([problem]);
});

test('aliases share what cases have in common', () => {
  expect(
    problemsOf('  - { name: a, replies: &nothing { GET /a: { body: [] } } }\n  - { name: b, replies: *nothing }'),
  ).toEqual([]);
});

test('a file that is not there is told so', () => {
  expect(problemsOf('')).toEqual(['things.yaml:5:7 the value must be array.']);
});
