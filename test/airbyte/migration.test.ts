// The page about moving from Airbyte's connector tells every difference in the fields of its streams, and no other.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { createMetabase } from '../metabase/metabase.ts';
import { manifest } from '../support/simulated-sync.ts';
import published from './published-fields.json' with { type: 'json' };

interface Stream {
  name: string;
  primary_key: string[];
  schema_loader: { schema: { properties: Record<string, { type: string | string[] }> } };
}

const page = readFileSync(resolve(import.meta.dirname, '../../docs/airbyte-migration.md'), 'utf8');
const streams = manifest.tree['streams'] as Stream[];

/** For each stream of Airbyte's manifest, the names of its fields by what they may be besides null. */
const theirs = Object.entries<Record<string, string[]>>(published);

function declared(stream: string, field: string): string {
  const { schema } = streams.find(({ name }) => name === stream)?.schema_loader ?? {};
  const type = schema?.properties[field]?.type;
  if (type === undefined) return 'left out';
  const types = typeof type === 'string' ? [type] : type.filter((one) => one !== 'null');
  return types.sort().join(' or ');
}

test("the streams of Airbyte's connector are here, with the same key", () => {
  for (const [name] of theirs) expect(streams.find((stream) => stream.name === name)?.primary_key).toEqual(['id']);
});

test('every field that Airbyte declares is here as it was, or in the table of what is different', () => {
  const different = theirs.flatMap(([stream, types]) =>
    Object.entries(types).flatMap(([type, fields]) =>
      fields
        .map((field) => [`\`${stream}.${field}\``, type, declared(stream, field)])
        .filter(([, before, after]) => before !== after),
    ),
  );
  const rows = [...page.matchAll(/^\| (`\w+\.\w+`) +\| (.+?) +\| (.+?) +\|/gm)].map((row) => row.slice(1, 4));
  expect(rows.sort()).toEqual(different.sort());
});

test("a config made for Airbyte's connector has nothing that is refused here", () => {
  const { required, properties } = (
    manifest.tree['spec'] as { connection_specification: { required: string[]; properties: object } }
  ).connection_specification;
  expect(required).toEqual(['instance_api_url']);
  expect(Object.keys(properties)).toEqual(
    expect.arrayContaining(['instance_api_url', ...Object.keys(createMetabase({ size: 'empty' }).credentials.admin)]),
  );
});
