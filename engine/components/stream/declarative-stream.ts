// A stream: where its records come from, what they look like and what is done to them.
import { valuesAt } from '../../text/json-path.ts';
import type { JsonObject } from '../../text/json.ts';
import type { IncrementalSync, Kinds, Retriever } from '../kinds.ts';
import { anyOf, component, optional, slot, slotOrSlots, slots, text } from '../component.ts';

type PrimaryKey = string | (string | string[])[];

/** A primary key as a list of paths, however it is written. */
function keyPaths(key: PrimaryKey): string[][] {
  return [key]
    .flat(1)
    .filter((part) => part.length > 0)
    .map((part) => [part].flat());
}

/** Several schemas in one: of equal properties the first one wins. */
function mergedSchema([first = {}, ...rest]: JsonObject[]): JsonObject {
  if (rest.length === 0) return first;
  const properties = [first, ...rest].flatMap((schema) => valuesAt(schema, ['properties'])).reverse();
  return { ...first, properties: Object.assign({}, ...(properties as object[])) as JsonObject };
}

export default component({
  kind: 'stream',
  type: 'DeclarativeStream',
  summary: 'A stream: its name, its key, its schema, where its records come from and what is done to them.',
  fields: {
    name: text({ description: 'Name of the stream, and of the table it becomes.', examples: ['users'] }),
    retriever: slot('retriever', { description: 'Gets the records.', defaultType: 'SimpleRetriever' }),
    primary_key: optional(
      anyOf<PrimaryKey>(['string', 'array'], {
        description: 'Field that identifies a record, a list of fields, or a list of paths. Left out, there is none.',
        examples: ['id', ['id'], [['owner', 'id']]],
      }),
    ),
    schema_loader: optional(
      slotOrSlots('schema_loader', {
        description:
          'Where the JSON Schema of the records is; the properties of several are merged. Left out, nothing is said of the fields.',
        defaultType: 'JsonFileSchemaLoader',
      }),
    ),
    transformations: optional(
      slots('transformation', { description: 'What is done to every record, in this order. Left out, nothing.' }),
    ),
    incremental_sync: optional(
      slot('incremental_sync', {
        description:
          'How to read only what is new. With a partition_router the stream is read in full every time, unless one state is that of all partitions. Left out, all of it is read every time.',
      }),
    ),
    availability: optional(
      slot('availability', {
        description:
          'How to tell whether these credentials can read the stream on this server; left out, everybody can. A reply of 402, 403 or 404 while it is read is an error of the configuration that names what the stream needs.',
        defaultType: 'RequestAvailability',
        extension: { without: 'the stream is offered to everybody, and an error does not name what it needs' },
      }),
    ),
  },
  examples: [
    'name: users\nprimary_key: [id]\nretriever:\n  requester:\n    url: https://example.com/users\n  record_selector:\n    extractor:\n      field_path: []',
  ],
  notYet: ['state_migrations', 'file_uploader'],
  build(
    { name, retriever, primary_key = [], schema_loader, transformations = [], incremental_sync, availability },
    scope,
  ) {
    const inherited = { streamName: name, readStream: scope.readStream ?? name };
    const loaders = [schema_loader ?? []].flat().map((loader) => scope.build(loader, inherited));
    // Built when they are first needed: a catalog is made without, and so without a config.
    let built: Retriever | undefined;
    let sync: IncrementalSync | undefined;
    const incrementalSync = (): IncrementalSync | undefined =>
      (sync ??= incremental_sync && scope.build(incremental_sync, inherited));
    // Its state would be one for each partition, unless the cursor has one for all.
    const hasPartitions = 'partition_router' in retriever;
    let builtAvailability: Kinds['availability'] | undefined;
    const available = () => (builtAvailability ??= availability && scope.build(availability, inherited));

    const retrieverOf = (): Retriever =>
      (built ??= scope.build(retriever, {
        ...inherited,
        incrementalSync: incrementalSync(),
        ...(availability && { needs: available()?.needs }),
        transformations: transformations.map((transformation) => scope.build(transformation)),
      }));

    return {
      name,
      primaryKey: keyPaths(primary_key),
      async schema() {
        return mergedSchema(await Promise.all(loaders.map(async (loader) => loader.load())));
      },
      get cursorField() {
        const cursor = incrementalSync();
        return hasPartitions && cursor?.isGlobal !== true ? undefined : cursor?.cursorField;
      },
      get retriever() {
        return retrieverOf();
      },
      get availability() {
        const found = available();
        if (!found) return undefined;
        const { needs, isOffered } = found;
        return {
          needs,
          isOffered: async () => (isOffered ? isOffered({}) : retrieverOf().isOffered()),
          isToldByReading: isOffered === undefined,
        };
      },
    };
  },
});
