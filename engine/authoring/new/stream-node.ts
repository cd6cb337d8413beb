// The component of a stream: one request, and where its records stand.
import { ConfigError } from '../../errors.ts';
import type { JsonObject } from '../../text/json.ts';

/** The fields of a requester for an endpoint: its path and its query. Throws ConfigError. */
export function requestOf(endpoint: string): JsonObject {
  if (/^[a-z]+:\/\//i.test(endpoint)) {
    throw new ConfigError(`--endpoint is the path after the address of the manifest, such as items; not ${endpoint}.`);
  }
  const [path = '', query = ''] = endpoint.replace(/^\/+/, '').split('?');
  return { path, ...(query !== '' && { request_parameters: Object.fromEntries(new URLSearchParams(query)) }) };
}

interface Shape {
  readonly name: string;
  readonly primaryKey: readonly string[];
  readonly recordsAt: readonly string[];
  /** Left out: a list or an object. */
  readonly expect?: 'list' | 'object';
  readonly requester: JsonObject;
  readonly schema: JsonObject;
}

/** The component of a stream. */
export function streamOf({ name, primaryKey, recordsAt, expect, requester, schema }: Shape): JsonObject {
  const extractor = {
    type: 'DpathExtractor',
    field_path: recordsAt,
    ...(expect !== undefined && recordsAt.length > 0 && { required: true }),
    ...(expect !== undefined && !recordsAt.includes('*') && { expect }),
  };
  return {
    type: 'DeclarativeStream',
    name,
    ...(primaryKey.length > 0 && { primary_key: primaryKey }),
    retriever: {
      type: 'SimpleRetriever',
      requester,
      record_selector: { type: 'RecordSelector', extractor },
    },
    schema_loader: { type: 'InlineSchemaLoader', schema },
  };
}
