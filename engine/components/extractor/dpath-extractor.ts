// Finds the records in a document by a path.
import { valuesAt, hasWildcard } from '../../text/json-path.ts';
import { type Found, rowScanner } from '../../text/json-rows.ts';
import { isJsonObject, parseJson } from '../../text/json.ts';
import { type Row, rowOf, rowOfValue } from '../../text/row.ts';
import { boolean, choice, component, list, optional, slot, template } from '../component.ts';

const OPEN_OBJECT = 0x7b;

/** Throws SyntaxError for a row that is no object. */
function recordOf(bytes: Uint8Array): Row {
  if (bytes[0] === OPEN_OBJECT) return rowOf(bytes);
  throw new SyntaxError(`a record is not an object: ${Buffer.from(bytes).toString('utf8', 0, 60)}`);
}

/** Cuts the rows at a path without wildcards out of the document's bytes. Throws SyntaxError. */
async function* cut(document: AsyncIterable<Uint8Array>, path: string[], check: (found: Found) => void) {
  const scanner = rowScanner(path);
  for await (const chunk of document) {
    for (const bytes of scanner.push(chunk)) {
      // Before the first record is out: an error object in place of a list is none.
      check(scanner.found());
      yield recordOf(bytes);
    }
  }
  check(scanner.end());
}

/** Parses the document whole and takes what the path matches. Throws SyntaxError. */
async function* pick(document: AsyncIterable<Uint8Array>, path: string[], check: (found: Found) => void) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of document) chunks.push(chunk);
  const values = valuesAt(parseJson(Buffer.concat(chunks).toString()), path);
  check(values.length > 0 ? 'array' : 'missing');
  for (const value of values) {
    if (!isJsonObject(value)) throw new SyntaxError(`what stands at "${path.join('.')}" is not an object`);
    yield rowOfValue(value);
  }
}

export default component({
  kind: 'extractor',
  type: 'DpathExtractor',
  summary: 'Finds the records of a reply by a path: the elements of the list there, or the one object.',
  fields: {
    field_path: list(template({ description: 'A key on the way to the records; * stands for every key.' }), {
      description: 'Path of the records; an empty one means the whole reply.',
      examples: [['data'], ['data', '*', 'record'], []],
    }),
    record_expander: optional(slot('record_expander', { description: 'Takes records out of a field of a record.' })),
    required: optional(
      boolean({ description: 'When true, a reply without the path is an error, not an empty one.', extension: true }),
    ),
    expect: optional(
      choice(['list', 'object'], {
        description: 'What has to stand at the path; something else is an error.',
        extension: true,
      }),
    ),
  },
  examples: ['field_path: []', 'field_path: [data]\nrequired: true\nexpect: list'],
  build({ field_path, required = false, expect }) {
    const path = field_path.map((key) => key.text());
    const where = path.length === 0 ? 'the top of the reply' : `"${path.join('.')}"`;

    /** Throws SyntaxError when the manifest expects something else than was found. */
    function check(found: Found): void {
      if (found === 'missing' && required) throw new SyntaxError(`there is nothing at ${where}`);
      if (found === 'scalar' || (found === 'nothing' && (required || expect))) {
        throw new SyntaxError(`what stands at ${where} is no record`);
      }
      const kind = found === 'array' ? 'list' : found;
      if (expect && (kind === 'list' || kind === 'object') && kind !== expect) {
        throw new SyntaxError(
          `there is one ${kind} at ${where}, where the manifest expects ${expect === 'list' ? 'a list' : 'one object'}`,
        );
      }
    }
    return {
      extract(document): AsyncIterable<Row> {
        return hasWildcard(path) ? pick(document, path, check) : cut(document, path, check);
      },
    };
  },
});
