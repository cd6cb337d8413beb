// Writes a stream: its file, its schema, its test, and its place in the manifest. With a config they are made of what the server
// answers, else of what is made up.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { ConfigError, SystemError } from '../../errors.ts';
import { formatDiagnostic } from '../../manifest/diagnostic.ts';
import type { ReadManifest } from '../../manifest/read-manifest.ts';
import { TESTS_FOLDER } from '../../testing/find-tests.ts';
import { valuesAt } from '../../testing/rows.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { appendItem } from './append-item.ts';
import { inferSchema } from '../schema/infer-schema.ts';
import { jsonText } from '../show/schema-text.ts';
import { baseRequester } from './base-requester.ts';
import { recordsAt as foundRecordsAt } from './records-at.ts';
import { sample, type SampleOptions } from './sample.ts';
import { requestOf, streamOf } from './stream-node.ts';
import { testOf } from './test-of.ts';
import { yamlText } from './yaml-text.ts';

export interface NewStream {
  /** Text of each file to write, by its absolute path: the manifest comes last. */
  readonly files: ReadonlyMap<string, string>;
  /** How many records the server answered with. */
  readonly recordCount: number;
  readonly recordsAt: readonly string[];
  readonly primaryKey: readonly string[];
}

/** Where editors find the schema of a file, seen from a folder: beside that of the manifest. */
function editorSchema(manifestPath: string, text: string, folder: string, name?: string): string | undefined {
  const [, schema] = /^# yaml-language-server: \$schema=(\S+)/m.exec(text) ?? [];
  if (schema === undefined) return undefined;
  const named = name === undefined ? schema : schema.replace(basename(schema), name);
  if (/^[a-z]+:\/\//.test(named)) return named;
  return relative(folder, resolve(dirname(manifestPath), named));
}

/** The right tree of a manifest. Throws SystemError. */
function treeOf({ tree, diagnostics }: ReadManifest): JsonObject {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return tree as JsonObject;
  throw new SystemError(`The manifest has problems; mend them first:\n${errors.map(formatDiagnostic).join('\n')}`);
}

const NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** The paths to be written; throws ConfigError when the name is none, or one of them exists. */
function pathsOf(folder: string, name: string, streams: readonly unknown[]) {
  if (!NAME.test(name)) {
    throw new ConfigError(`"${name}" cannot be a name: letters, digits, _ and -, such as order_items.`);
  }
  if (streams.some((stream) => isJsonObject(stream) && stream['name'] === name)) {
    throw new ConfigError(`The manifest has a stream "${name}" already. Choose another name.`);
  }
  const paths = {
    stream: join(folder, 'streams', `${name}.yaml`),
    schema: join(folder, 'schemas', `${name}.json`),
    test: join(folder, TESTS_FOLDER, `${name}.yaml`),
  };
  const existing = Object.values(paths).filter((path) => existsSync(path));
  if (existing.length === 0) return paths;
  throw new ConfigError(`Nothing was written, for ${existing.join(' and ')} would be lost. Choose another name.`);
}

/** The schema of the records; where there are none, of what identifies them. */
function schemaOf(records: readonly unknown[], primaryKey: readonly string[]): JsonObject {
  if (records.length > 0) return inferSchema(records);
  return inferSchema([], {
    properties: Object.fromEntries(primaryKey.map((key) => [key, { type: ['null', 'string'] }])),
  });
}

/** The manifest with the stream; the first one is what a connection is checked with. */
function withStream(text: string, { check }: JsonObject, name: string): string {
  const written = appendItem(text, ['streams'], { $ref: `streams/${name}.yaml` });
  const checked = isJsonObject(check) ? check['stream_names'] : undefined;
  const isFirst = Array.isArray(checked) && checked.length === 0;
  return isFirst ? appendItem(written, ['check', 'stream_names'], name) : written;
}

/** What is to be written for a stream. Throws ConfigError when it cannot be made, or something would be overwritten. */
export async function newStream(options: SampleOptions): Promise<NewStream> {
  const { manifest, name } = options;
  const tree = treeOf(manifest);
  const [manifestPath = ''] = manifest.files;
  const paths = pathsOf(dirname(manifestPath), name, Array.isArray(tree['streams']) ? tree['streams'] : []);
  const requester = baseRequester(tree, manifest.sources);
  if (!requester) {
    throw new ConfigError(
      'No requester of the manifest says where requests go. Add one below "definitions:", with type: HttpRequester and url_base.',
    );
  }
  const { main, ...sampled } = await sample(options, tree, requester.resolved);
  const recordsAt = options.recordsAt ?? foundRecordsAt(main.reply);
  const records = valuesAt(main.reply, recordsAt);
  const haveId = records.length > 0 && records.every((record) => isJsonObject(record) && 'id' in record);
  const primaryKey = options.primaryKey ?? (haveId ? ['id'] : []);
  const stream = streamOf({
    ...{ name, primaryKey, recordsAt },
    expect: recordsAt.length > 0 || Array.isArray(main.reply) ? 'list' : 'object',
    requester: { ...requester.written, ...requestOf(options.endpoint) },
    schema: { $ref: `../schemas/${name}.json` },
  });
  const text = readFileSync(manifestPath, 'utf8');
  const schemaOfEditor = (path: string, file?: string) => editorSchema(manifestPath, text, dirname(path), file);
  return {
    files: new Map([
      [paths.stream, yamlText(stream, schemaOfEditor(paths.stream))],
      [paths.schema, `${jsonText(schemaOf(records, primaryKey))}\n`],
      [
        paths.test,
        yamlText(
          testOf({ stream: name, ...sampled, main, recordsAt }),
          schemaOfEditor(paths.test, 'stream-tests.schema.json'),
        ),
      ],
      [manifestPath, withStream(text, tree, name)],
    ]),
    recordCount: records.length,
    recordsAt,
    primaryKey,
  };
}
