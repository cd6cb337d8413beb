import { expect, test } from 'vitest';
import { templateProblems } from '../../engine/text/template-problems.ts';

const problems = (source: string) =>
  templateProblems(source, ['config', 'parameters']).map(({ code, line, column, word }) => ({
    ...{ code, at: `${line}:${column}` },
    ...(word === undefined ? {} : { word }),
  }));

test.each([
  'plain text',
  'braces { } and { { } }',
  "{{ config['x'] }}",
  "{{ config.get('x', none) | default(True) }}",
  '{{ now_utc() - duration("P1D") }}',
  '{% for item in config.list %}{{ item }}{{ loop.index }}{% endfor %}',
  '{% for key, item in config.items() %}{{ key }}{{ item }}{% endfor %}',
  '{% set total = 1 %}{{ total }}',
  '{% macro f(x) %}{{ x }}{% endmacro %}{{ f(1) }}',
  "{{ format_datetime(dt='2022', format='%Y') }}",
  "{{ {'key': parameters.a}.key }}",
  '{{ config.x is defined and config.x is not none }}',
  "{{ config.list | map(attribute='id') | unique | list }}",
  "{{ 'x' | regex_replace('a', 'b') | hmac('k') }}",
])('a template that is right has no problem: %s', (source) => {
  expect(problems(source)).toEqual([]);
});

test.each([
  ['{{ confg.x }}', [{ code: 'template-name', at: '0:3', word: 'confg' }]],
  ['a\nb {{ record.x }}', [{ code: 'template-name', at: '1:5', word: 'record' }]],
  ['{{ config[key] }}', [{ code: 'template-name', at: '0:10', word: 'key' }]],
  ['{{ nowutc() }}', [{ code: 'template-name', at: '0:3', word: 'nowutc' }]],
  [
    '{{ f(x=y) }}',
    [
      { code: 'template-name', at: '0:3', word: 'f' },
      { code: 'template-name', at: '0:7', word: 'y' },
    ],
  ],
  ['{{ config.x | uper }}', [{ code: 'template-filter', at: '0:14', word: 'uper' }]],
  [
    "{{ config.x | regexreplace('a', b) }}",
    [
      { code: 'template-filter', at: '0:14', word: 'regexreplace' },
      { code: 'template-name', at: '0:32', word: 'b' },
    ],
  ],
  ['{{ config.x is defnd }}', [{ code: 'template-filter', at: '0:15', word: 'defnd' }]],
  ['{{ config. }}', [{ code: 'template-syntax', at: '0:11' }]],
  ['{{ config.x', [{ code: 'template-syntax', at: '0:0' }]],
  ['{% if config %}x', [{ code: 'template-syntax', at: '0:0' }]],
  ['x\n{{ 1 + }}', [{ code: 'template-syntax', at: '1:7' }]],
  ['{% endif %}', [{ code: 'template-syntax', at: '0:3' }]],
])('a template that is wrong has its problems by place: %s', (source, expected) => {
  expect(problems(source)).toEqual(expected);
});

test('a name that is not known comes with what its place knows', () => {
  const [problem] = templateProblems('{{ stream_slise.id }}', ['config', 'stream_slice']);
  expect(problem?.message).toBe('there is no "stream_slise" here; a template in this place knows config, stream_slice');
  expect(problem?.candidates).toContain('stream_slice');
});

test('a loop variable that is used outside of any binding is a problem', () => {
  expect(problems('{{ item }}{% for i in [1] %}{{ i }}{% endfor %}')).toEqual([
    { code: 'template-name', at: '0:3', word: 'item' },
  ]);
});
