// A manifest of three streams, and the cases of a file against it: for tests of the runner itself.
import { expect } from 'vitest';
import { loadManifest } from '../../bin/cli/manifest.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import { loadTests } from '../../engine/testing/load-tests.ts';
import { casesOf, reportOf } from '../../engine/testing/run-tests.ts';
import { whileFiles, withFiles } from '../support/files.ts';

const MANIFEST = `
version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [things] }
streams:
  - type: DeclarativeStream
    name: things
    primary_key: [id]
    retriever:
      requester:
        url_base: https://example.com/api/
        path: things
        request_parameters: { kind: all, page: '1' }
        request_headers: { X-Key: "{{ config['key'] }}" }
        error_handler:
          type: DefaultErrorHandler
          response_filters:
            - { type: HttpResponseFilter, http_codes: [410], action: IGNORE, error_message: It is gone. }
      record_selector:
        extractor: { type: DpathExtractor, field_path: [data], required: true }
    transformations:
      - { type: AddFields, fields: [{ path: [source], value: example }] }
      - { type: RemoveFields, field_pointers: [[secret]] }
    schema_loader:
      type: InlineSchemaLoader
      schema:
        type: object
        properties:
          id: { type: [integer, 'null'] }
          name: { type: [string, 'null'] }
          price: { type: [number, 'null'] }
          source: { type: string }
          owner: { type: object, properties: { id: { type: integer } } }
  - type: DeclarativeStream
    name: answers
    retriever:
      requester: { url_base: https://example.com/api/, path: query, http_method: POST, request_body_json: { query: select } }
      record_selector:
        extractor: { type: DpathExtractor, field_path: [data] }
  - type: DeclarativeStream
    name: changes
    retriever:
      requester: { url_base: https://example.com/api/, path: changes }
      record_selector:
        extractor: { type: DpathExtractor, field_path: [data] }
    incremental_sync:
      type: DatetimeBasedCursor
      cursor_field: day
      datetime_format: '%Y-%m-%d'
      start_datetime: '2026-01-01'
      start_time_option: { inject_into: request_parameter, field_name: since }
      end_time_option: { inject_into: request_parameter, field_name: until }
`;

const HEAD = `
stream: STREAM
config: { key: secret-key }
recordings: recordings
cases:
`;

const RECORDINGS = JSON.stringify([
  { name: 'admin/things', status: 200, type: 'application/json', reply: { data: [{ id: 1 }, { id: 2 }] } },
  { name: 'admin/digits', status: 200, type: 'application/json', text: '{"data":[{"id":9007199254740993}]}' },
  { name: 'reader/things', status: 403, type: 'text/plain', reply: 'Not for you.' },
]);

const folderOf = (cases: string, stream = 'things'): Record<string, string> => ({
  'manifest.yaml': MANIFEST,
  'tests/things.yaml': HEAD.replace('STREAM', stream) + cases,
  'tests/recordings/things.json': RECORDINGS,
});

/** `line:column problem` of every problem that the file of these cases has. */
export function problemsOf(cases: string): string[] {
  return withFiles(folderOf(cases), (folder) =>
    loadTests(`${folder}/tests/things.yaml`).diagnostics.map((diagnostic) =>
      formatDiagnostic({ ...diagnostic, file: 'things.yaml' }),
    ),
  );
}

/** What people read of one case, given in YAML without its name: nothing when it holds. */
export async function reportFor(testCase: string, stream?: string): Promise<string> {
  const yaml = `  - name: it works${testCase.replaceAll(/^(?=.)/gm, '    ')}`;
  return whileFiles(folderOf(yaml, stream), async (folder) => {
    const loaded = loadTests(`${folder}/tests/things.yaml`);
    expect(loaded.diagnostics.map(formatDiagnostic)).toEqual([]);
    const [one] = casesOf(loaded, loadManifest(`${folder}/manifest.yaml`));
    if (!one) throw new Error('There is no case.');
    const differences = await one.run();
    return differences.length === 0
      ? ''
      : reportOf({ ...one, place: { ...one.place, file: 'things.yaml' } }, differences);
  });
}
