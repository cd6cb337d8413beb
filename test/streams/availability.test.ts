// Every stream of the manifest, read from the simulated Metabase by everybody: it is complete and valid, or unavailable as it says.
import { expect, test } from 'vitest';
import { schemasOf } from '../../engine/testing/read-stream.ts';
import { invalidRecords, undeclaredFields } from '../../engine/testing/record-schema.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import { createMetabase } from '../metabase/metabase.ts';
import { manifest, type Outcome, readings, type StreamNode, streams, sync } from '../support/simulated-sync.ts';

/** What is wrong with an outcome: it is neither complete and valid, nor unavailable as the stream says. */
function problemsOf(
  { name, availability }: StreamNode,
  { records, status, errors }: Outcome,
  schema: JsonObject,
): string[] {
  if (status === 'COMPLETE') {
    const undeclared = undeclaredFields(records, schema).map((field) => `the schema does not name ${field}`);
    return [...invalidRecords(records, schema), ...undeclared].map((problem) => `${name}: ${problem}`);
  }
  const [error] = errors;
  const needs = availability?.needs;
  const isTold = needs !== undefined && error?.failure_type === 'config_error' && error.message.includes(needs);
  if (status === 'INCOMPLETE' && records.length === 0 && isTold) return [];
  return [`${name}: ${status} with ${records.length} records, ${error?.failure_type ?? ''} ${error?.message ?? ''}`];
}

test.each(readings)(
  '$who: each stream is complete and valid, or unavailable as it says',
  async ({ credentials, options }) => {
    const names = streams.map(({ name }) => name);
    const outcomes = await sync(createMetabase(options), credentials, names);
    const schemas = await schemasOf(manifest);
    const problems = streams.flatMap((stream) => {
      const outcome = outcomes.get(stream.name);
      return outcome ? problemsOf(stream, outcome, schemas.get(stream.name) ?? {}) : [`${stream.name} is not read`];
    });
    expect(problems).toEqual([]);
  },
);

test('an administrator of 0.58, Pro edition, reads every stream that this version has, and each has records', async () => {
  const metabase = createMetabase({ edition: 'pro' });
  const names = streams.map(({ name }) => name);
  const outcomes = [...(await sync(metabase, metabase.credentials.admin, names))];
  const empty = outcomes.filter(([, { status, records }]) => status !== 'COMPLETE' || records.length === 0);
  // Legacy metrics went with 0.51; measures came with 0.59, which is not simulated.
  expect(empty.map(([name]) => name)).toEqual(['legacy_metrics', 'measures']);
});
