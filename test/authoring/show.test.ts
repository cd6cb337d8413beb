// How records and changes of schemas look in a terminal.
import { expect, test } from 'vitest';
import { compareSchema } from '../../engine/authoring/schema/compare-schema.ts';
import { observeAll } from '../../engine/authoring/schema/observe.ts';
import { inferredLines } from '../../engine/authoring/show/inferred.ts';
import { recordsTable } from '../../engine/authoring/show/records-table.ts';
import { jsonText } from '../../engine/authoring/show/schema-text.ts';
import { cut, type Screen, widthOf } from '../../engine/authoring/show/text.ts';
import { parseJson } from '../../engine/text/json.ts';

const screen = (width: number): Screen => ({ width, paint: (_, text) => text });

test('the key comes first, then names; numbers are aligned, and what does not fit is named below', () => {
  const records = [
    { tags: [1, 2], size: 5, name: 'Ada', id: 1, note: null },
    { tags: [], size: 1250, name: 'Grace Hopper', id: 20, note: null },
  ];
  expect(recordsTable(records, ['id'], screen(27))).toEqual([
    'id  size  name',
    ' 1     5  Ada',
    '20  1250  Grace Hopper',
    'and 2 more fields: tags,',
    'note',
  ]);
});

test('a text is cut by the columns it takes, and nothing in it is obeyed', () => {
  expect([widthOf('日本'), widthOf('e\u0301'), cut('日本語', 5), cut('abc', 3)]).toEqual([4, 1, '日本…', 'abc']);
  expect(recordsTable([{ id: 'a\u001b[2J\nb' }], [], screen(60))[1]).toBe('a [2J b');
});

test('a derived schema is told by what is different in it', () => {
  const declared = { properties: { id: { type: ['null', 'string'] }, old: { type: 'string' } } };
  const seen = observeAll([{ id: 1, owner: { at: '2024-05-01' }, note: null }]);
  const facts = {
    file: 'a.json',
    isChanged: true,
    differences: compareSchema(declared, seen),
    seen,
    records: 1,
    isCut: false,
  };
  expect(inferredLines(facts, screen(80))).toEqual([
    'a.json written from 1 record; 2 fields added; 1 field changed; 1 field kept that no record has.',
    '  + owner  object',
    '  + note   string',
    '  ~ id     string → integer',
    'Always null here, and so taken for text: note.',
  ]);
});

test('a schema is laid out as in a file: objects member by member, lists on a line', () => {
  const schema = parseJson('{"type":["null","integer"],"maximum":12345678901234567890,"properties":{}}');
  expect(jsonText(schema)).toBe(
    '{\n  "type": ["null", "integer"],\n  "maximum": 12345678901234567890,\n  "properties": {}\n}',
  );
});
