// Templates with the reference engine's meaning (airbyte-cdk 7.39.1, probed), except that no value is re-read as a Python literal.
import { expect, test } from 'vitest';
import { compileTemplate } from '../../engine/text/template.ts';

const config = {
  ...{ n: '007', digits: '12345678', true_text: 'True', list_text: '[1,2]', space: ' a', quoted: "'q'" },
  ...{ number: 5, list: [1, 2, 3], none: null, object: { a: { b: 1 } }, yes: true, injected: '{{ 1 + 1 }}', empty: '' },
};
const now = (): number => Date.UTC(2026, 10, 21, 11, 45, 40, 317);
const constants = { config, parameters: { name: 'users' } };
const compile = (source: unknown) => compileTemplate(source, { constants, now });
const render = (source: unknown, variables = {}): unknown => compile(source).render(variables);
const text = (source: string): string => compile(source).text();

test.each([
  ["{{ config['n'] }}", '007'],
  ['{{ config.digits }}', '12345678'],
  ['{{ config.true_text }}', 'True'],
  ['{{ config.list_text }}', '[1,2]'],
  ['{{ config.space }}', ' a'],
  ['{{ config.quoted }}', "'q'"],
  ['{{ config.injected }}', '{{ 1 + 1 }}'],
  ["{{ '1' }}", '1'],
  ['123', '123'],
  ['True', 'True'],
])('text stays the text it is: %s', (source, value) => {
  expect(render(source)).toBe(value);
});

test.each([
  ['{{ config.number }}', 5],
  ['{{ config.number }}\n', 5],
  ['{{- config.number -}}', 5],
  ["{{ config['none'] }}", null],
  ['{{ config.yes }}', true],
  ['{{ config.list }}', [1, 2, 3]],
  ['{{ config.object }}', { a: { b: 1 } }],
  ['{{ 1 + 1 }}', 2],
  ['{{ config.missing }}', undefined],
  ["{{ config.get('missing') }}", null],
  ["{{ config.get('missing', 'else') }}", 'else'],
  ["{{ '}}' }}", '}}'],
])('a bare expression keeps the type of its value: %s', (source, value) => {
  expect(render(source)).toEqual(value);
});

test.each([
  ["x{{ config['none'] }}", 'xNone'],
  ['x{{ config.yes }}', 'xTrue'],
  ["x{{ ['a', true, none, 1.5] }}", "x['a', True, None, 1.5]"],
  ['x{{ config.object }}', "x{'a': {'b': 1}}"],
  ['x{{ config.missing }}', 'x'],
  ["{{ ['it\\'s'] }}x", '["it\'s"]x'],
  ["{{ 'a' ~ 1 ~ none ~ true ~ ['b'] }}", "a1NoneTrue['b']"],
  ["{{ [none, true, 1] | join(',') }}", 'None,True,1'],
  ['{{ 1 }}{{ 2 }}', '12'],
  ['{{ config.number }} ', '5 '],
  ["{{ 'a' }}\n\n", 'a\n'],
  ['{# nothing #}', ''],
  ['{% for k, v in config.object.items() %}{{ k }}={{ v.b }}{% endfor %}', 'a=1'],
  ['{% set x = 5 %}{{ x }}', '5'],
])('around text, values print as Python prints them: %s', (source, value) => {
  expect(render(source)).toBe(value);
});

test.each([
  ['{{ not [] }}', true],
  ['{{ not {} }}', true],
  ['{{ not 0 }}', true],
  ["{{ not 'no' }}", false],
  ['{{ 1 if [] else 2 }}', 2],
  ['{% if {} %}a{% else %}b{% endif %}', 'b'],
  ["{{ [] or 'x' }}", 'x'],
  ["{{ 'y' and 0 }}", 0],
])('empty things are false: %s', (source, value) => {
  expect(render(source)).toBe(value);
});

test.each([
  ["{{ 5 == '5' }}", false],
  ['{{ [1, {"a": 2}] == [1, {"a": 2}] }}', true],
  ['{{ [] == {} }}', false],
  ['{{ none == false }}', false],
  ['{{ True == 1 }}', true],
  ['{{ 1 == True }}', true],
  ['{{ 1 != 1.0 }}', false],
  ['{{ 1 < 2 < 3 }}', true],
  ['{{ 3 > 2 > 2 }}', false],
  ['{{ 2 in config.list }}', true],
  ["{{ 'a' not in 'abc' }}", false],
  ["{{ str_to_datetime('2022-01-14') > str_to_datetime('2022-01-10') }}", true],
])('comparisons are those of Python: %s', (source, value) => {
  expect(render(source)).toBe(value);
});

test.each([
  ['{{ config.list[-1] }}', 3],
  ['{{ config.list[:-1] }}', [1, 2]],
  ['{{ config.list[::2] }}', [1, 3]],
  ['{{ config.list[::-1] }}', [3, 2, 1]],
  ['{{ config.list[2:0:-1] }}', [3, 2]],
  ["{{ 'hello'[1:3] }}", 'el'],
  ["{{ 'abc'[-1] }}", 'c'],
  ['{{ config.list[9] }}', undefined],
])('indexes and slices are those of Python: %s', (source, value) => {
  expect(render(source)).toEqual(value);
});

test.each([
  ['{{ -7 // 2 }}', -4],
  ['{{ -7 % 3 }}', 2],
  ["{{ 'ab' * 2 }}", 'abab'],
  ['{{ [1] + [2] }}', [1, 2]],
  ['{{ 2 ** 3 }}', 8],
])('arithmetic is that of Python: %s', (source, value) => {
  expect(render(source)).toEqual(value);
});

test('adding text and a number is an error, as in Python', () => {
  expect(() => render("{{ 'a' + 1 }}")).toThrow("cannot add 'a' and 1");
});

test.each([
  ["{{ 'Hello'.lower() }}", 'hello'],
  ["{{ 'a,b'.split(',') }}", ['a', 'b']],
  ["{{ ' a  b '.split() }}", ['a', 'b']],
  ["{{ ','.join(['a', 'b']) }}", 'a,b'],
  ["{{ '/a/'.strip('/') }}", 'a'],
  ["{{ '/a/'.rstrip('/') }}", '/a'],
  ["{{ 'a b'.title() }}", 'A B'],
  ["{{ 'abc'.startswith('a') }}", true],
  ["{{ '7'.zfill(3) }}", '007'],
  ["{{ {'a': 1}.items() }}", [['a', 1]]],
  ['{{ config.list.index(2) }}', 1],
  ["{{ config.object.get('zz', {}).get('b', 1) }}", 1],
])('values have the methods of Python: %s', (source, value) => {
  expect(render(source)).toEqual(value);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
  'values have nothing of JavaScript: %s',
  (name) => {
    for (const value of ['config', "'text'", '[]', 'now_utc()'])
      expect(render(`{{ ${value}['${name}'] }}`)).toBeUndefined();
  },
);

test.each([
  ['{{ now_utc() }}', '2026-11-21 11:45:40.317000+00:00'],
  ['{{ today_utc() }}', '2026-11-21'],
  ["{{ today_with_timezone('Pacific/Kiritimati') }}", '2026-11-22'],
  ["{{ str_to_datetime('2022-01-14T10:20:30+02:00') }}", '2022-01-14 08:20:30+00:00'],
  ['{{ day_delta(-1) }}', '2026-11-20T11:45:40.317000+0000'],
  ["{{ day_delta(-1, format='%Y-%m-%d') }}", '2026-11-20'],
  ["{{ day_delta(1, '%d/%m/%y') }}", '22/11/26'],
  ["{{ duration('P1D') }}", '1 day, 0:00:00'],
  ["{{ duration('PT36H') }}", '1 day, 12:00:00'],
  ["{{ (now_utc() - duration('P1D')).strftime('%Y-%m-%d') }}", '2026-11-20'],
  ["{{ str_to_datetime('2022-01-31') + duration('P1M') }}", '2022-02-28 00:00:00+00:00'],
  ["{{ format_datetime('2022-01-14T10:20:30+02:00', '%Y-%m-%dT%H:%M:%SZ') }}", '2022-01-14T08:20:30Z'],
  ["{{ format_datetime(1640995200, '%Y-%m-%d') }}", '2022-01-01'],
  ["{{ format_datetime('14/01/2022', '%Y-%m-%d', input_format='%d/%m/%Y') }}", '2022-01-14'],
  ["{{ format_datetime('14/01/2022', '%Y-%m-%d', '%d/%m/%Y') }}", '2022-01-14'],
  ["{{ format_datetime(now_utc(), '%s') }}", '1795261540'],
  ["{{ format_datetime(now_utc(), '%ms') }}", '1795261540317'],
  ["{{ format_datetime(now_utc(), '%s_as_float') }}", '1795261540.317'],
  ["{{ format_datetime(now_utc(), '%epoch_microseconds') }}", '1795261540317000'],
  ["{{ format_datetime(now_utc(), '%H:%M:%S.%_ms') }}", '11:45:40.317'],
  ["{{ sanitize_url('a b/c&é~*!') }}", 'a+b%2Fc%26%C3%A9~%2A%21'],
  ["{{ camel_case_to_snake_case('userNAME') }}", 'user_n_a_m_e'],
])('macros read the clock they are given: %s', (source, value) => {
  expect(text(source)).toBe(value);
});

test.each([
  ["{{ timestamp('2022-01-01T00:00:00') }}", 1640995200],
  ['{{ timestamp(1640995200.9) }}', 1640995200],
  ['{{ max(1, 3, 2) }}', 3],
  ['{{ min([4, 2]) }}', 2],
])('macros give numbers: %s', (source, value) => {
  expect(render(source)).toBe(value);
});

test('generate_uuid gives another UUID each time', () => {
  const uuid = compile('{{ generate_uuid() }}');
  expect(uuid.text()).toMatch(/^[0-9a-f-]{36}$/);
  expect(uuid.text()).not.toBe(uuid.text());
});

test.each([
  ["{{ 'abc' | hash }}", '900150983cd24fb0d6963f7d28e17f72'],
  ["{{ 'abc' | hash('md5', 'salt') }}", '1e21f6da01c5047e4bf45b0496bd6937'],
  ["{{ 'abc' | hash(salt='salt') }}", '1e21f6da01c5047e4bf45b0496bd6937'],
  ["{{ 'é' | base64encode }}", 'w6k='],
  ["{{ 'w6k=' | base64decode }}", 'é'],
  ["{{ 'é' | base64encode | base64binascii_decode }}", 'dzZrPQ=='],
  ["{{ 'x' | hmac('key') }}", '4fc3b7eaf34d7e594a6f51d9517ba543abf41067b27587ffd82ba3584e4d3cdd'],
  ["{{ 'x' | hmac(key='key') }}", '4fc3b7eaf34d7e594a6f51d9517ba543abf41067b27587ffd82ba3584e4d3cdd'],
  ['{{ 5 | string }}', '5'],
  ['{{ config.object | string }}', '{"a":{"b":1}}'],
  ["{{ 'id-42-x' | regex_search('id-([0-9]+)') }}", '42'],
  ["{{ 'id-42-x' | regex_search('id-(\\d+)') }}", '42'],
  ["{{ 'id-42-x' | regex_search('id-(\\\\d+)') }}", '42'],
  ["{{ 'id-42' | regex_search('[0-9]+') }}", ''],
  ["{{ 'abc' | regex_search('(?P<letter>b)') }}", 'b'],
  ["{{ 'a s' | regex_replace('\\s', '') }}", 'as'],
  ["{{ 'a-b' | regex_replace('(a)-(b)', '\\\\2-\\\\1') }}", 'b-a'],
  ["{{ 'a.b' | regex_replace('[.]', '$&') }}", 'a$&b'],
  ["{{ config.missing | default('else') }}", 'else'],
  ["{{ [1, 1, 2] | unique | join(',') }}", '1,2'],
  ["{{ [{'a': 1}, {'a': 2}] | map(attribute='a') | join(',') }}", '1,2'],
  ["{{ ['a', 'b'] | map('upper') | join(',') }}", 'A,B'],
  ['{{ config.object | tojson }}', '{"a":{"b":1}}'],
  ["{{ [{'a': 1}, {'a': 2}] | selectattr('a', 'equalto', 1) | map(attribute='a') | join }}", '1'],
  ["{{ [{'a': 1}, {'a': 0}] | rejectattr('a') | map(attribute='a') | join }}", '0'],
  ["{{ '5.9' | int }}", '5'],
  ["{{ '12abc' | int }}", '0'],
  ['{{ true | int }}', '1'],
  ['{{ none | int(7) }}', '7'],
  ["{{ 'x' | float(default=1.5) }}", '1.5'],
])('filters give what the reference engine gives: %s', (source, value) => {
  expect(text(source)).toBe(value);
});

test.each([
  ["{{ 'x' | hmac('key', 'md5') }}", 'hmac knows sha256 only'],
  ["{{ 'x' | hash('nope') }}", 'Digest method not supported'],
  ["{{ str_to_datetime('yesterday') }}", '"yesterday" is not an ISO 8601 date'],
  ["{{ format_datetime('yesterday', '%Y', '%d') }}", '"yesterday" does not match the format "%d"'],
  ["{{ duration('1 day') }}", '"1 day" is not an ISO 8601 duration'],
])('what cannot be computed is an error that says so: %s', (source, message) => {
  expect(() => render(source)).toThrow(message);
});

test.each([
  '',
  'False',
  'false',
  '0',
  '0.0',
  '[]',
  '{}',
  '()',
  'None',
  '{{ none }}',
  '{{ 0 }}',
  '{{ [] }}',
  '{{ {} }}',
])('a condition of %j is false', (source) => {
  expect(compile(source).isTrue()).toBe(false);
});

test.each(['no', 'True', '{{ 1 }}', "{{ 'a' }}", '{{ [0] }}', '{{ config.yes }}', 'x{{ none }}'])(
  'a condition of %j is true',
  (source) => {
    expect(compile(source).isTrue()).toBe(true);
  },
);

test('keys and texts of structures are templates, other values stay', () => {
  const source = { "{{ 'a' ~ 1 }}": ['{{ config.number }}', 7, null], plain: { deep: '{{ parameters.name }}' } };
  expect(render(source)).toEqual({ a1: [5, 7, null], plain: { deep: 'users' } });
});

test('text without a template is constant and given back as it is', () => {
  const source = { a: ['b', 1] };
  expect(compile('plain').isConstant).toBe(true);
  expect(compile('{{ 1 }}').isConstant).toBe(false);
  expect(compile(7).render()).toBe(7);
  expect(render(source)).toEqual(source);
});

test('a template is rendered with the variables of each call', () => {
  const template = compile('{{ record.id }}');
  expect([1, 2].map((id) => template.render({ record: { id } }))).toEqual([1, 2]);
});

test('variables of a call win over constants', () => {
  expect(render('{{ config.a }}', { config: { a: 'other' } })).toBe('other');
});

test.each([
  ['false', [false], [null, 0, '']],
  ['true', [true], [1, 'true']],
  ['boolean', [true, false], [0, null]],
  ['integer', [1, 0], [1.5, '1', true]],
  ['sequence', [[], 'a'], [1, {}]],
])('the test "is %s" is that of Jinja', (name, passes, fails) => {
  const is = (value: unknown): unknown => compileTemplate(`{{ value is ${name} }}`).render({ value });
  expect(passes.map(is)).toEqual(passes.map(() => true));
  expect(fails.map(is)).toEqual(fails.map(() => false));
});
