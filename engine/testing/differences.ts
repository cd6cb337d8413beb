// Holds what came out against what a case expects. A difference is text for people; there is none when the case holds.
import { stringify } from 'lossless-json';
import { isJsonObject, type JsonObject, stringifyJson } from '../text/json.ts';
import { contains, sorted, sortedKeys, told } from './compare.ts';
import type { FakeServer, PreparedReply } from './fake-server.ts';
import { lineDiff } from './line-diff.ts';
import type { Discovery, Outcome } from './read-stream.ts';
import { invalidRecords, undeclaredFields } from './record-schema.ts';
import { markedRows } from './rows.ts';
import type { TestCase } from './test-file.ts';

const pretty = (value: unknown): string => stringify(value, null, 2) ?? 'nothing';
const list = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const indented = (text: string): string => text.replaceAll(/^/gm, '    ');

/** `what differs` with the lines that do; nothing when the texts are equal. */
function difference(what: string, expected: string, actual: string): string[] {
  return expected === actual ? [] : [`${what}\n${indented(lineDiff(expected, actual))}`];
}

function* requestDifferences({ requests }: TestCase, server: FakeServer): Generator<string> {
  yield* server.unexpected.map((request) => `unexpected request: ${request}`);
  if (requests) yield* difference('the requests are others:', list(requests), list(server.asked));
  else yield* server.unasked().map((request) => `not asked: ${request}`);
}

/** Compares record by record, by their text; the first that differs is shown. */
function wholeRecords(expected: readonly unknown[], actual: readonly unknown[]): string[] {
  const textOf = stringifyJson;
  const index = actual.findIndex((record, at) => at >= expected.length || textOf(record) !== textOf(expected[at]));
  const at = index === -1 && expected.length > actual.length ? actual.length : index;
  if (at === -1) return [];
  const inOrder = (records: readonly unknown[]): string => list(records.map(textOf).sort());
  if (inOrder(expected) === inOrder(actual)) {
    return [`the expected records came in another order; record ${at + 1} is the first`];
  }
  const count =
    expected.length === actual.length ? '' : ` (expected ${expected.length} records, ${actual.length} came)`;
  if (at >= expected.length) return [`record ${at + 1} is one too many${count}:\n${indented(pretty(actual[at]))}`];
  if (at >= actual.length) return [`record ${at + 1} is missing${count}:\n${indented(pretty(expected[at]))}`];
  return difference(`record ${at + 1} is another${count}:`, pretty(expected[at]), pretty(actual[at]));
}

/** Looks for each expected record after the place of the one before. */
function* containedRecords(expected: readonly JsonObject[], actual: readonly unknown[]): Generator<string> {
  let from = 0;
  for (const one of expected) {
    const at = actual.findIndex((record, index) => index >= from && contains(record, one));
    if (at !== -1) {
      from = at + 1;
      continue;
    }
    // The record meant is probably the one that begins alike.
    const [name = '', value] = Object.entries(one)[0] ?? [];
    const near = actual.find((record) => isJsonObject(record) && sortedKeys(record[name]) === sortedKeys(value));
    const shown = near === undefined ? pretty(one) : lineDiff(pretty(one), pretty(told(one, near)));
    yield `no record has these fields${from > 0 ? ', after the ones before' : ''}:\n${indented(shown)}`;
  }
}

/** The records without the fields that the manifest adds. */
function withoutAdded(records: readonly unknown[], added: readonly string[]): unknown[] {
  return records.map((record) =>
    isJsonObject(record)
      ? Object.fromEntries(Object.entries(record).filter(([name]) => !added.includes(name)))
      : record,
  );
}

function* recordDifferences(
  { records: expected = [] }: TestCase,
  replies: readonly PreparedReply[],
  actual: readonly unknown[],
): Generator<string> {
  if (Array.isArray(expected)) {
    const rows = markedRows(replies, []);
    if (rows) yield* wholeRecords(rows, actual);
    else yield* wholeRecords(expected.map(sorted), actual.map(sorted));
    return;
  }
  const { count, contain = [], added = [], removed = [] } = expected;
  const rows = markedRows(replies, removed);
  if (rows) yield* wholeRecords(rows, withoutAdded(actual, added));
  for (const name of added) {
    const lacking = actual.findIndex((record) => !isJsonObject(record) || !Object.hasOwn(record, name));
    if (lacking !== -1) yield `record ${lacking + 1} has not the added field "${name}"`;
  }
  const expectedCount = count ?? rows?.length ?? contain.length;
  if (expectedCount !== actual.length) yield `expected ${expectedCount} records, ${actual.length} came`;
  yield* containedRecords(contain, actual);
}

function* errorDifferences({ error }: TestCase, errors: Outcome['errors']): Generator<string> {
  const [first] = errors;
  if (!error) yield* errors.map(({ failureType, message }) => `unexpected ${failureType}: ${message}`);
  else if (!first) yield `there is no error, expected a ${error.failure_type} with "${error.message}"`;
  else if (errors.length > 1 || first.failureType !== error.failure_type || !first.message.includes(error.message)) {
    const came = errors.map(({ failureType, message }) => `${failureType} ${message}`);
    yield* difference('the error is another:', `${error.failure_type} … ${error.message} …`, came.join('\n'));
  }
}

function* endDifferences(testCase: TestCase, { status, errors, state }: Outcome): Generator<string> {
  const { error, state_after: stateAfter } = testCase;
  const expected = error ? 'INCOMPLETE' : 'COMPLETE';
  if (status !== expected) yield `the status is ${status}, expected ${expected}`;
  yield* errorDifferences(testCase, errors);
  if (stateAfter) yield* difference('the state at the end is another:', pretty(stateAfter), pretty(state));
}

/** Whether a log is of the level and has the words of an expected one. */
function fits(log: string, expected: string): boolean {
  const [level = '', words = ''] = expected.split(/ (.*)/s);
  return log.startsWith(`${level} `) && log.includes(words);
}

function* logDifferences({ logs: expected = [] }: TestCase, logs: readonly string[]): Generator<string> {
  const surprising = logs.filter((log) => !/^(INFO|DEBUG) /.test(log) && !expected.some((one) => fits(log, one)));
  yield* surprising.map((log) => `unexpected log: ${log}`);
  yield* expected.filter((one) => !logs.some((log) => fits(log, one))).map((one) => `there is no log: ${one}`);
}

function* schemaDifferences(
  { undeclared_fields: expected = [] }: TestCase,
  records: readonly unknown[],
  schema: JsonObject,
): Generator<string> {
  yield* invalidRecords(records, schema);
  const undeclared = undeclaredFields(records, schema);
  yield* undeclared
    .filter((field) => !expected.includes(field))
    .map((field) => `the schema does not name the field ${field}`);
  yield* expected
    .filter((field) => !undeclared.includes(field))
    .map((field) => `undeclared_fields tells of ${field}, which no record has or the schema names`);
}

export interface Run {
  readonly server: FakeServer;
  readonly replies: readonly PreparedReply[];
  readonly outcome: Outcome;
  readonly schema: JsonObject;
}

/** All differences between a case and what happened. */
export function differencesOf(testCase: TestCase, { server, replies, outcome, schema }: Run): string[] {
  const requests = [...requestDifferences(testCase, server)];
  // What came after an unexpected request tells nothing more.
  if (server.unexpected.length > 0) return requests;
  return [
    ...requests,
    ...endDifferences(testCase, outcome),
    ...recordDifferences(testCase, replies, outcome.records),
    ...schemaDifferences(testCase, outcome.records, schema),
    ...logDifferences(testCase, outcome.logs),
  ];
}

function* listingDifferences({ listed = true, schema }: TestCase, discovery: Discovery): Generator<string> {
  if ((discovery.schema !== undefined) !== listed) yield listed ? 'the stream is not listed' : 'the stream is listed';
  else if (schema && !contains(discovery.schema, schema)) {
    yield* difference('the schema is another:', pretty(schema), pretty(told(schema, discovery.schema)));
  }
}

/** All differences between a case of discover and what happened. */
export function discoveryDifferences(testCase: TestCase, server: FakeServer, discovery: Discovery): string[] {
  const requests = [...requestDifferences(testCase, server)];
  if (server.unexpected.length > 0) return requests;
  return [
    ...requests,
    ...errorDifferences(testCase, discovery.errors),
    ...(testCase.error ? [] : listingDifferences(testCase, discovery)),
    ...logDifferences(testCase, discovery.logs),
  ];
}
