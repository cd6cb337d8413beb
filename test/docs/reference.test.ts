// The reference of the language: what a page tells of its component. `npm run check` asks whether the pages are fresh,
// description.test.ts builds every example.
import { expect, test } from 'vitest';
import { components } from '../../engine/generated/registry.ts';
import { interpolationPage } from '../../scripts/generate/interpolation.ts';
import { referencePages } from '../../scripts/generate/reference.ts';

const pages = referencePages(components);
const page = (name: string): string => pages[`docs/reference/${name}.md`] ?? '';

/** The section of a field. */
const field = (name: string, path: string): string =>
  page(name).split(`### \`${path}\`\n`)[1]?.split('\n### ')[0] ?? '';

test('every component has a page, and the index names each once with its kind', () => {
  expect(Object.keys(pages)).toHaveLength(components.length + 1);
  for (const { type } of components) expect(page('README').match(new RegExp(`- \\[${type}\\]`, 'g'))).toHaveLength(1);
  expect(page('README')).toContain('## Partition router\n');
  expect(page('README')).toContain('Not supported here yet: `GroupingPartitionRouter`');
});

test('a page tells what its component does, where it may stand and what it looks like', () => {
  const text = page('wait-time-from-header');
  expect(text).toContain('# WaitTimeFromHeader\n\nWaits as long as a response header says.');
  expect(text).toContain('[DefaultErrorHandler.backoff_strategies](default-error-handler.md#backoff_strategies)');
  expect(text).toContain('```yaml\ntype: WaitTimeFromHeader\nheader: Retry-After\n```');
});

test('a field tells whether it is required, its default, its values, what it holds and what its templates know', () => {
  expect(field('wait-time-from-header', 'header')).toContain('- Required.');
  expect(field('page-increment', 'start_from_page')).toContain('- Optional; `0` if left out.');
  expect(field('http-response-filter', 'action')).toContain('  - `RETRY`: Asks again, after a wait.');
  expect(field('http-requester', 'error_handler')).toContain(
    'Holds [error handler](README.md#error-handler), which is [CompositeErrorHandler](composite-error-handler.md) or',
  );
  expect(field('record-filter', 'condition')).toContain('a template, which knows `config`, `parameters`, `record`');
  expect(field('dpath-extractor', 'required')).toContain("An extension, which Airbyte's own engine does not know");
  expect(field('spec', 'config_normalization_rules.validations')).toContain('config validation');
});

test('a page names the fields that are not supported yet', () => {
  expect(page('check-stream')).toContain('`dynamic_streams_check_configs`');
});

test('the examples of functions and filters are what they give', () => {
  const text = interpolationPage(components);
  expect(text).toContain("| `{{ day_delta(-1, '%Y-%m-%d') }}` | `2026-11-20` |");
  expect(text).toContain("| `{{ 'a-b' \\| regex_replace('-', '_') }}` | `a_b` |");
});
