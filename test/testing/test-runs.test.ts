// What `test` makes of files: which it finds, which cases it runs, and how the outcome is printed.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadManifest } from '../../bin/cli/manifest.ts';
import { testsAt, testsBeside } from '../../engine/testing/find-tests.ts';
import { testFormats, type TestFormatName } from '../../engine/testing/formats/formats.ts';
import { runFiles, type TestRun } from '../../engine/testing/run-files.ts';
import { whileFiles, withFiles } from '../support/files.ts';

const MANIFEST = `
version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [things] }
streams:
  - type: DeclarativeStream
    name: things
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: https://example.com/, path: things }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: integer } } }
`;

const RIGHT = `stream: things
cases:
  - name: nothing there is no records
    replies: { GET /things: { body: [] } }
`;

const WRONG = `stream: things
cases:
  - name: the record is <as it is sent> & whole
    replies: { GET /things: { body: [{ id: 1 }] } }
    records: [{ id: 2 }]
  - name: every record comes out
    replies: { GET /things: { body: [{ id: 1 }, { id: 2 }], records_at: . } }
`;

const FILES = {
  'manifest.yaml': MANIFEST,
  'test/streams/right.yaml': RIGHT,
  'test/streams/below/wrong.yml': WRONG,
  'test/streams/README.md': '# Not a test',
  'elsewhere/broken.yaml': 'stream: things\ncase: []\n',
};

/** What came of the tests, with the folder and the times taken out. */
const ran = (filter?: string, ...paths: string[]): Promise<TestRun> =>
  whileFiles(FILES, async (folder) => {
    const manifest = join(folder, 'manifest.yaml');
    const files = paths.length > 0 ? paths.flatMap((path) => testsAt(join(folder, path)) ?? []) : testsBeside(manifest);
    const { results, diagnostics } = await runFiles(files, loadManifest(manifest), filter);
    const short = (file: string): string => file.slice(folder.length + 1);
    return {
      results: results.map((one) => ({ ...one, seconds: 0.25, place: { ...one.place, file: short(one.place.file) } })),
      diagnostics: diagnostics.map((one) => ({ ...one, file: short(one.file) })),
    };
  });

const printed = async (format: TestFormatName, run: Promise<TestRun>, isColoured = false): Promise<string> =>
  testFormats[format]({
    ...(await run),
    paint: (colour, text) => (isColoured ? `<${colour}>${text}</${colour}>` : text),
  });

test('the tests beside a manifest are all YAML files in test/streams, those of folders below too', () => {
  withFiles(FILES, (folder) => {
    const names = testsBeside(join(folder, 'manifest.yaml')).map((path) => path.slice(folder.length));
    expect(names).toEqual(['/test/streams/below/wrong.yml', '/test/streams/right.yaml']);
    expect(testsBeside(join(folder, 'elsewhere/manifest.yaml'))).toEqual([]);
    expect(testsAt(join(folder, 'nowhere'))).toBeUndefined();
  });
});

test('a file is a line; cases that do not hold are told with their place and a diff', async () => {
  expect(await printed('text', ran())).toBe(`✗ test/streams/below/wrong.yml 1 of 2 cases
  ✗ the record is <as it is sent> & whole test/streams/below/wrong.yml:3
    record 1 is another:
          {
        -   "id": 2
        +   "id": 1
          }
✓ test/streams/right.yaml 1 case
2 cases hold, 1 does not.
`);
});

test('one file alone shows all its cases', async () => {
  expect(await printed('text', ran('', 'test/streams/right.yaml'))).toBe(`✓ test/streams/right.yaml 1 case
  ✓ nothing there is no records
1 case holds.
`);
});

test('what was expected is red, what came is green', async () => {
  const text = await printed('text', ran('as it is sent'), true);
  expect(text).toContain('<red>-   "id": 2</red>\n        <green>+   "id": 1</green>');
  expect(text).toContain('<red>0 cases hold, 1 does not.</red>');
});

test.each([
  ['RECORDS', ['nothing there is no records']],
  ['things: every', ['every record comes out']],
  ['no such words', []],
])('the filter "%s" chooses by the name of stream and case', async (filter, names) => {
  const { results } = await ran(filter);
  expect(results.map(({ name }) => name)).toEqual(names);
});

test('a file that is not right is told with its place, and the others run', async () => {
  const run = ran('', 'elsewhere', 'test/streams/right.yaml');
  expect(await printed('text', run)).toBe(`✓ test/streams/right.yaml 1 case
  ✓ nothing there is no records
✗ elsewhere/broken.yaml:1:1 "cases" is missing.
✗ elsewhere/broken.yaml:2:1 unknown field "case". Did you mean "cases"?
1 case holds, 2 problems in the files.
`);
});

test('JSON is for programs', async () => {
  const { cases } = JSON.parse(await printed('json', ran('as it is sent'))) as { cases: unknown[] };
  expect(cases).toEqual([
    {
      stream: 'things',
      name: 'the record is <as it is sent> & whole',
      file: 'test/streams/below/wrong.yml',
      line: 3,
      holds: false,
      differences: [expect.stringContaining('record 1 is another')],
      seconds: 0.25,
    },
  ]);
});

test('JUnit’s XML counts, and escapes what XML cannot hold', async () => {
  expect(await printed('junit', ran('', 'test/streams', 'elsewhere'))).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="2" time="0.750">
<testsuite name="test/streams/below/wrong.yml" tests="2" failures="1" errors="0" time="0.500">
<testcase name="the record is &lt;as it is sent&gt; &amp; whole" classname="things" file="test/streams/below/wrong.yml" line="3" time="0.250">
<failure message="record 1 is another:">
record 1 is another:
      {
    -   &quot;id&quot;: 2
    +   &quot;id&quot;: 1
      }
</failure>
</testcase>
<testcase name="every record comes out" classname="things" file="test/streams/below/wrong.yml" line="6" time="0.250"/>
</testsuite>
<testsuite name="test/streams/right.yaml" tests="1" failures="0" errors="0" time="0.250">
<testcase name="nothing there is no records" classname="things" file="test/streams/right.yaml" line="3" time="0.250"/>
</testsuite>
<testsuite name="elsewhere/broken.yaml" tests="1" failures="0" errors="1" time="0.000">
<testcase name="&quot;cases&quot; is missing" classname="elsewhere/broken.yaml" file="elsewhere/broken.yaml" line="1" time="0.000">
<error message="&quot;cases&quot; is missing">
elsewhere/broken.yaml:1:1 &quot;cases&quot; is missing.
</error>
</testcase>
</testsuite>
<testsuite name="elsewhere/broken.yaml" tests="1" failures="0" errors="1" time="0.000">
<testcase name="unknown field &quot;case&quot;" classname="elsewhere/broken.yaml" file="elsewhere/broken.yaml" line="2" time="0.000">
<error message="unknown field &quot;case&quot;">
elsewhere/broken.yaml:2:1 unknown field &quot;case&quot;. Did you mean &quot;cases&quot;?
</error>
</testcase>
</testsuite>
</testsuites>
`);
});

test('GitHub annotates the line of a case that does not hold', async () => {
  expect(await printed('github', ran())).toMatch(
    /^::error file=test\/streams\/below\/wrong\.yml,line=3,col=\d+,title=test::things: the record .*%0Arecord 1 is another.*\n$/,
  );
});
