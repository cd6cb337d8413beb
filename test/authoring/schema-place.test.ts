// Where the schema of a stream is declared, which is where a derived one goes.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DeclaredAt, schemaPlace } from '../../engine/authoring/schema/schema-place.ts';
import { withFiles } from '../support/files.ts';
import { readIn } from '../support/manifest.ts';
import { streamOf } from './attempts.ts';

const INLINE = /InlineSchemaLoader\n {6}schema: .*\n/;

/** The place in a manifest with this loader, as from the folder of the manifest. */
function placeOf(loader: string, files: Record<string, string> = {}): DeclaredAt {
  const manifest = `version: 7.39.1\ntype: DeclarativeSource\ncheck: { type: CheckStream, stream_names: [users] }\nstreams:\n${streamOf('users').replace(INLINE, loader)}`;
  return withFiles({ 'manifest.yaml': manifest, ...files }, (folder) => {
    const place = schemaPlace(readIn(folder), join(folder, 'manifest.yaml'), 'users');
    const inside = (path: string): string => path.split(`${folder}/`).at(-1) ?? '';
    return { ...place, file: place.file && inside(place.file), shown: inside(place.shown) };
  });
}

const SCHEMA = '{ "type": "object", "properties": { "id": { "type": ["null", "integer"] } } }';
const usual = { file: 'schemas/users.json', shown: 'schemas/users.json', language: 'json' };

test('a file that a loader names, or that $ref brings, is where the schema is', () => {
  const files = { 'schemas/users.json': SCHEMA, 'own.json': SCHEMA };
  expect(placeOf('JsonFileSchemaLoader\n', files)).toEqual(usual);
  expect(placeOf('JsonFileSchemaLoader\n      file_path: ./own.json\n', files)).toMatchObject({ file: 'own.json' });
  expect(placeOf('InlineSchemaLoader\n      schema: { $ref: own.json }\n', files)).toMatchObject({ file: 'own.json' });
});

test('a schema in the manifest, or one that is part of a file, is no file to write', () => {
  const inline = placeOf('InlineSchemaLoader\n      schema: { type: object }\n');
  expect(inline).toMatchObject({
    file: undefined,
    language: 'yaml',
    shown: expect.stringMatching(/manifest\.yaml:\d+$/) as string,
  });
  const all = { 'all.json': `{ "users": ${SCHEMA} }` };
  const part = placeOf("InlineSchemaLoader\n      schema: { $ref: 'all.json#/users' }\n", all);
  expect(part).toMatchObject({ file: undefined, language: 'json' });
});
