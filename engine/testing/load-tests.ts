// A file of stream tests: read, checked against its format, with the place of every case. Numbers keep their digits.
import { Ajv, type ErrorObject } from 'ajv';
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import { type Diagnostic, type Place, sortDiagnostics } from '../manifest/diagnostic.ts';
import { createLoader, type SourceFile } from '../manifest/load.ts';
import { type Origins, placeOf, pointerTo } from '../manifest/origins.ts';
import { didYouMean } from '../manifest/suggest.ts';
import { parseJson } from '../text/json.ts';
import { type TestFile, testFile } from './test-file.ts';

export interface LoadedTests {
  readonly path: string;
  /** Usable only when there is no diagnostic. */
  readonly tests: TestFile;
  readonly diagnostics: readonly Diagnostic[];
  /** Where the case of an index stands. */
  readonly placeOfCase: (index: number) => Place;
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** The values of a YAML file, with the origin of each. */
function treeOf(file: SourceFile, origins: Origins): unknown {
  const spot = (node: unknown) => ({ file, offset: isNode(node) ? (node.range?.[0] ?? 0) : 0 });

  function visit(node: unknown, pointer: string, key?: unknown): unknown {
    const origin = { value: spot(node), ...(key === undefined ? {} : { key: spot(key) }) };
    if (!origins.has(pointer)) origins.set(pointer, origin);
    if (isAlias(node)) return visit(node.resolve(file.document), pointer);
    if (isSeq(node)) return node.items.map((item, index) => visit(item, pointerTo(pointer, index)));
    if (isMap(node)) {
      const pairs = node.items.map(({ key: name, value }) => {
        const text = String(isScalar(name) ? name.value : name);
        return [text, visit(value, pointerTo(pointer, text), name)] as const;
      });
      return Object.fromEntries(pairs);
    }
    if (!isScalar(node)) return null;
    const isNumber = typeof node.value === 'number' && JSON_NUMBER.test(node.source ?? '');
    return isNumber ? parseJson(node.source ?? '') : node.value;
  }

  return visit(file.document.contents, '');
}

/** A problem that ajv found, in our words. */
function diagnosticOf(
  { keyword, params, instancePath, message, parentSchema }: ErrorObject,
  origins: Origins,
): Diagnostic {
  const problem = (of: 'key' | 'value', pointer: string, text: string, hint?: string): Diagnostic => ({
    code: 'test-format',
    severity: 'error',
    message: text,
    hint,
    ...placeOf(origins, pointer, of),
  });
  const { additionalProperty, missingProperty, allowedValues } = params as {
    additionalProperty?: string;
    missingProperty?: string;
    allowedValues?: string[];
  };
  if (additionalProperty !== undefined) {
    const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
    const hint = didYouMean(additionalProperty, known) ?? `The fields here are: ${known.join(', ')}.`;
    return problem('key', pointerTo(instancePath, additionalProperty), `unknown field "${additionalProperty}"`, hint);
  }
  if (missingProperty !== undefined) return problem('key', instancePath, `"${missingProperty}" is missing`);
  const values = allowedValues ? `: ${allowedValues.join(', ')}` : '';
  return problem('value', instancePath, `the value ${message ?? keyword}${values}`);
}

const METHOD_AND_PATH = /^[A-Z]+ (\/|https?:\/\/)\S*$/;

/** What the JSON Schema cannot say. */
function* furtherProblems({ cases }: TestFile): Generator<{ pointer: string; message: string }> {
  const names = new Set<string>();
  for (const [index, { name, replies, error, records, verb }] of cases.entries()) {
    const pointer = `/cases/${index}`;
    if (names.has(name)) yield { pointer: `${pointer}/name`, message: `another case has the name "${name}" too` };
    names.add(name);
    for (const [request, answer] of Object.entries(replies)) {
      const at = pointerTo(`${pointer}/replies`, request);
      if (!METHOD_AND_PATH.test(request)) yield { pointer: at, message: `"${request}" is not like "GET /path?query"` };
      for (const { body, text, recording, fails } of [answer].flat()) {
        const bodies = [body, text, recording, fails].filter((given) => given !== undefined);
        if (bodies.length > 1) yield { pointer: at, message: 'a reply is one of body, text, recording and fails' };
      }
    }
    if (records && verb === 'discover') yield { pointer: `${pointer}/records`, message: 'discover has no records' };
    const rows = Object.values(replies)
      .flat()
      .some(({ records_at }) => records_at !== undefined);
    if (rows && Array.isArray(records)) {
      yield { pointer: `${pointer}/records`, message: 'the records are told twice: here and by `records_at`' };
    }
    if (rows && error)
      yield { pointer: `${pointer}/error`, message: '`records_at` is for streams that end without an error' };
  }
}

/** Reads the file at an absolute path. */
export function loadTests(path: string): LoadedTests {
  const loader = createLoader();
  const file = loader.load(path);
  const origins: Origins = new Map();
  const placeOfCase = (index: number): Place => placeOf(origins, `/cases/${index}`, 'value');
  const nothing = { path, tests: { stream: '', cases: [] }, placeOfCase };
  if (!file) {
    const message = 'this file cannot be read';
    return { ...nothing, diagnostics: [{ code: 'file', severity: 'error', message, file: path, line: 1, column: 1 }] };
  }
  if (file.document.errors.length > 0) return { ...nothing, diagnostics: loader.diagnostics };
  const tests = treeOf(file, origins) as TestFile;
  const isValid = new Ajv({ strict: false, allErrors: true, verbose: true }).compile(testFile);
  if (!isValid(tests)) {
    const diagnostics = (isValid.errors ?? []).map((error) => diagnosticOf(error, origins));
    return { ...nothing, diagnostics: sortDiagnostics(diagnostics) };
  }
  const further = [...furtherProblems(tests)].map(({ pointer, message }): Diagnostic => ({
    code: 'test-format',
    severity: 'error',
    message,
    ...placeOf(origins, pointer, 'key'),
  }));
  return { path, tests, placeOfCase, diagnostics: sortDiagnostics(further) };
}
