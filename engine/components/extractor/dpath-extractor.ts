// Finds the records in a document by a path.
import { SystemError } from '../../errors.ts';
import { isGlob } from '../../text/glob.ts';
import { rowScanner } from '../../text/json-rows.ts';
import type { Row } from '../../text/row.ts';
import { boolean, choice, component, list, optional, slot, template, text } from '../component.ts';
import { checkFound, type Demands } from './found-check.ts';
import { picker } from './pick.ts';
import { type RowMaker, rowMaker } from './row-maker.ts';

/** Cuts the rows at a path without wildcards out of the document's bytes. Throws SyntaxError. */
function cutter(path: readonly string[], demands: Demands, row: RowMaker) {
  return async function* (document: AsyncIterable<Uint8Array>): AsyncIterable<Row> {
    const scanner = rowScanner(path);
    for await (const chunk of document) {
      for (const bytes of scanner.push(chunk)) {
        // Before the first record is out: an error object in place of a list is none.
        checkFound(scanner.found(), path, demands);
        yield row(bytes);
      }
    }
    checkFound(scanner.end(), path, demands);
  };
}

export default component({
  kind: 'extractor',
  type: 'DpathExtractor',
  summary: 'Finds the records of a reply by a path: the elements of the list there, or the one object.',
  fields: {
    field_path: list(
      template({
        description:
          'A key on the way to the records, or a pattern of keys: * stands for any letters, ? for one, [ab] for one of these; ** alone stands for any depth.',
      }),
      {
        description:
          'Path of the records; an empty one means the whole reply. With a segment that is * alone, each match is a record; with other patterns there has to be one match only, whose elements are the records if it is a list.',
        examples: [['data'], ['data', '*', 'record'], ['*cards'], []],
      },
    ),
    record_expander: optional(
      slot('record_expander', {
        description: 'Takes records out of a field of a record. Left out, the records are what stands at the path.',
      }),
    ),
    required: optional(
      boolean({
        description:
          'When true, a reply without the path is an error, not an empty one. Where the path has a segment *, what stands before that segment must be there; it may be empty.',
        default: false,
        extension: { without: 'a reply without the path counts as one without records' },
      }),
    ),
    expect: optional(
      choice(
        { list: 'A list of records.', object: 'One object, which is the record.' },
        {
          description:
            'What has to stand at the path, or before its first segment * if it has one; something else is an error. Left out, either may.',
          extension: {
            without: 'a reply of another form, such as an error in place of a list, becomes a record or none at all',
          },
        },
      ),
    ),
    key_fields: optional(
      list(text({ description: 'Name of a field.' }), {
        description:
          'Fields of each record for the keys that the segments with wildcards matched, outermost first: text for a key, a number for an index. Left out, records do not say their keys.',
        examples: [['group_id', 'database_id']],
        extension: { without: 'records do not say under which keys they stood', changesRecords: true },
      }),
    ),
    value_field: optional(
      text({
        description:
          'Field of each record for what was found, which need not be an object then. Left out, what was found is the record.',
        examples: ['permission'],
        extension: { without: 'what is no object is no record', changesRecords: true },
      }),
    ),
  },
  examples: [
    'field_path: []',
    'field_path: [data]\nrequired: true\nexpect: list',
    "field_path: [groups, '*', '*']\nkey_fields: [group_id, collection_id]\nvalue_field: permission",
  ],
  build({ field_path, key_fields = [], value_field, ...demands }) {
    const path = field_path.map((key) => key.text());
    const wildcards = path.filter((segment) => isGlob(segment) && segment !== '**').length;
    if (key_fields.length > wildcards) {
      throw new SystemError(
        `DpathExtractor: key_fields has ${key_fields.length} names, but field_path has wildcards in ${wildcards} segments. Name at most one for each.`,
      );
    }
    const row = rowMaker({ keyFields: key_fields, valueField: value_field });
    return { extract: wildcards > 0 || path.includes('**') ? picker(path, demands, row) : cutter(path, demands, row) };
  },
});
