// Turns a document into records: extract, filter, transform.
import type { JsonObject } from '../../text/json.ts';
import type { Row } from '../../text/row.ts';
import type { Variables } from '../../text/template.ts';
import { boolean, choice, component, optional, slot } from '../component.ts';
import type { PageRows } from '../kinds.ts';
import { partitionVariables } from '../variables.ts';

export default component({
  kind: 'selector',
  type: 'RecordSelector',
  summary: 'Turns a reply into records: extracts them, filters them, transforms them.',
  fields: {
    extractor: slot('extractor', { description: 'Finds the records.', defaultType: 'DpathExtractor' }),
    record_filter: optional(
      slot('filter', { description: 'Leaves records out; left out itself, none.', defaultType: 'RecordFilter' }),
    ),
    schema_normalization: optional(
      choice(
        { None: 'Values stay as they are.' },
        { description: 'Whether values are cast to the types of the schema.', default: 'None' },
      ),
    ),
    transform_before_filtering: optional(
      boolean({ description: 'When true, the filter sees transformed records.', default: false }),
    ),
  },
  examples: ['extractor:\n  field_path: [data]\nrecord_filter:\n  condition: "{{ record[\'id\'] > 0 }}"'],
  build({ extractor, record_filter, transform_before_filtering = false }, scope) {
    const { extract } = scope.build(extractor);
    const keeps = record_filter && scope.build(record_filter).keeps;
    const { transformations = [] } = scope;

    function transform(record: JsonObject, variables: Variables): void {
      for (const transformation of transformations) transformation.transform(record, variables);
    }

    /** The row as the stream has it; undefined when the filter leaves it out. */
    function select(row: Row, variables: Variables & { record?: JsonObject }): Row | undefined {
      const record = row.value();
      // The same object for all records: making a new one costs more than rendering a template.
      variables.record = record;
      if (transform_before_filtering) transform(record, variables);
      if (keeps && !keeps(variables)) return undefined;
      if (!transform_before_filtering) transform(record, variables);
      return row;
    }

    const isPlain = !keeps && transformations.length === 0;

    async function* selected(rows: AsyncIterable<Row>, variables: Variables, page?: PageRows): AsyncIterable<Row> {
      for await (const found of rows) {
        page?.found(found);
        const row = isPlain ? found : select(found, variables);
        if (!row || page?.keeps(row) === false) continue;
        page?.kept(row);
        yield row;
      }
    }

    return {
      select(document, partition, page) {
        const rows = extract(document);
        // Every step that a row takes costs: none where nothing is to be done.
        return isPlain && !page ? rows : selected(rows, { ...partitionVariables(partition, page?.token) }, page);
      },
    };
  },
});
