// The JSON Schema for editors and CI accepts the connector's own files, each as it stands.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

const schema = JSON.parse(readFileSync('engine/generated/manifest.schema.json', 'utf8')) as object;
const validate = new Ajv({ strict: false }).compile(schema);
const accepts = (file: string, text = readFileSync(file, 'utf8')): boolean => validate(parse(text));

test.each(['manifest.yaml', ...readdirSync('streams').map((file) => `streams/${file}`)])(
  '%s fits the schema',
  (file) => {
    expect(accepts(file), JSON.stringify(validate.errors)).toBe(true);
  },
);

test.each(['retriever', 'primary_key'])('a stream with a wrong %s does not', (field) => {
  const text = readFileSync('streams/cards.yaml', 'utf8').replace(new RegExp(`^${field}:`, 'm'), `${field}: 7\nother:`);
  expect(accepts('streams/cards.yaml', text)).toBe(false);
});
