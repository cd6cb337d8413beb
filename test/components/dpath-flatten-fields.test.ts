// DpathFlattenFields, built from YAML as users write it.
import { expect, test } from 'vitest';
import { parseJson, stringifyJson, type JsonObject } from '../../engine/text/json.ts';
import { make } from '../support/component.ts';

test.each([
  ['the fields are lifted', '', '{"id":1,"data":{"a":1.10}}', '{"id":1,"data":{"a":1.10},"a":1.10}'],
  ['their object can go', 'delete_origin_value: true', '{"id":1,"data":{"a":1}}', '{"id":1,"a":1}'],
  [
    'they can be all that is kept',
    'replace_record: true',
    '{"id":1,"data":{"a":1,"__proto__":2}}',
    '{"a":1,"__proto__":2}',
  ],
  ['an empty object replaces nothing', 'replace_record: true', '{"id":1,"data":{}}', '{"id":1,"data":{}}'],
  [
    'no field takes the place of another',
    'delete_origin_value: true',
    '{"a":0,"data":{"a":1}}',
    '{"a":0,"data":{"a":1}}',
  ],
  ['a list is none', 'replace_record: true', '{"id":1,"data":[{"a":1}]}', '{"id":1,"data":[{"a":1}]}'],
  ['what is not there is no error', 'replace_record: true', '{"id":1}', '{"id":1}'],
])('%s', (_, fields, before, after) => {
  const record = parseJson(before) as JsonObject;
  make('transformation', `type: DpathFlattenFields\nfield_path: [data]\n${fields}`).transform(record, {});
  expect(stringifyJson(record)).toBe(after);
});

test('of several objects at a path with a wildcard the first one is lifted', () => {
  const record = parseJson('{"data":[{"a":1},{"a":2}]}') as JsonObject;
  make('transformation', 'type: DpathFlattenFields\nfield_path: [data, "*"]\nreplace_record: true').transform(
    record,
    {},
  );
  expect(stringifyJson(record)).toBe('{"a":1}');
});
