// A server with collections, their items in pages, the details of dashboards and cards, and the pages of their revisions; the manifest
// that reads it as upstream's does: parents within parents, replies that several streams need. What happens when is up to the test.
import { Writable } from 'node:stream';
import type { Message } from '../../engine/protocol/messages.ts';
import { createRedactor } from '../../engine/protocol/redact.ts';
import { createWriter } from '../../engine/protocol/writer.ts';
import type { HttpClient } from '../../engine/run/http.ts';
import { read } from '../../engine/source.ts';
import { json, piecewise } from '../support/http.ts';
import { readFiles } from '../support/manifest.ts';
import type { Turns } from '../support/turns.ts';

const MANIFEST = `
type: DeclarativeSource
version: 7.0.0
check: { type: CheckStream, stream_names: [collections] }
concurrency_level: { type: ConcurrencyLevel, default_concurrency: "{{ config.concurrency }}" }
definitions:
  requester:
    type: HttpRequester
    url_base: https://example.com
    authenticator:
      type: SessionTokenAuthenticator
      login_requester: { type: HttpRequester, url_base: https://example.com, path: session, http_method: POST }
      session_token_path: [id]
      request_authentication: { type: ApiKey, inject_into: { type: RequestOption, inject_into: header, field_name: X-Session } }
    error_handler:
      type: DefaultErrorHandler
      response_filters: [{ type: HttpResponseFilter, http_codes: [404], action: IGNORE }]
  selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
  collections:
    type: DeclarativeStream
    name: collections
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: collection }
      record_selector: { $ref: '#/definitions/selector' }
  items:
    type: DeclarativeStream
    name: items
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: 'collection/{{ stream_partition.collection }}/items' }
      record_selector: { $ref: '#/definitions/selector' }
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: OffsetIncrement, page_size: 5 }
        page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: offset }
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: id, partition_field: collection, stream: { $ref: '#/definitions/collections' } }
  router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - { type: ParentStreamConfig, parent_key: id, partition_field: item, stream: { $ref: '#/definitions/items' } }
streams:
  - $ref: '#/definitions/collections'
  - $ref: '#/definitions/items'
  - type: DeclarativeStream
    name: dashboards
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: 'dashboard/{{ stream_partition.item }}' }
      record_selector: { $ref: '#/definitions/selector' }
      partition_router: { $ref: '#/definitions/router' }
  - type: DeclarativeStream
    name: cards
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: 'card/{{ stream_partition.item }}' }
      record_selector: { $ref: '#/definitions/selector' }
      partition_router: { $ref: '#/definitions/router' }
  - type: DeclarativeStream
    name: revisions
    retriever:
      type: SimpleRetriever
      requester: { $ref: '#/definitions/requester', path: 'revision/{{ stream_partition.item }}' }
      record_selector: { $ref: '#/definitions/selector' }
      partition_router: { $ref: '#/definitions/router' }
      paginator:
        type: DefaultPaginator
        pagination_strategy: { type: CursorPagination, cursor_value: "{{ last_record['next'] }}" }
        page_token_option: { type: RequestPath }
`;

export const STREAMS = ['collections', 'items', 'dashboards', 'cards', 'revisions'];
/** Pages of the revisions of an item, one revision each. */
export const REVISIONS = 2;
const PAGE_SIZE = 5;

/** What goes wrong with the first request of a path, or with all of them. */
export type Trouble = 'busy' | 'cut' | 'dropped' | 'expired' | 'gone' | 'refused' | 'html';

export interface World {
  readonly concurrency: number;
  /** How many items each collection has. */
  readonly items: readonly number[];
  /** Paths whose reply is longer than what is read ahead. */
  readonly isLong: (path: string) => boolean;
  readonly trouble: (path: string) => Trouble | undefined;
  /** Left out, all are read. */
  readonly streams?: readonly string[];
}

// More than the 128 KiB that are read ahead, in two pieces.
const LONG = 'x'.repeat(140_000);
const PIECE = 135_000;

const { tree, texts } = readFiles({ 'manifest.yaml': MANIFEST });
if (texts.length > 0) throw new Error(texts.join('\n'));

function bodyOf(path: string, { items, isLong }: World): string {
  const pad = isLong(path) ? { pad: LONG } : {};
  const [, kind, id = '', below] = path.replace(/\?.*/, '').split('/');
  if (kind === 'session') return '{"id":"token"}';
  if (kind === 'revision') {
    const next = below === undefined ? 1 : Number(below) + 1;
    return JSON.stringify({
      id: Number(id) * 10 + next - 1,
      ...(next < REVISIONS && { next: `/revision/${id}/${next}` }),
      ...pad,
    });
  }
  if (kind !== 'collection') return JSON.stringify({ id: Number(id), kind, ...pad });
  if (below === undefined) return JSON.stringify(items.map((_, index) => ({ id: index, ...(index === 0 && pad) })));
  const all = Array.from({ length: items[Number(id)] ?? 0 }, (_, n) => ({
    id: Number(id) * 100 + n,
    ...(n === 0 && pad),
  }));
  const offset = Number(/offset=(\d+)/.exec(path)?.[1] ?? 0);
  return JSON.stringify(all.slice(offset, offset + PAGE_SIZE));
}

const pieces = (body: string): string[] => body.match(new RegExp(`.{1,${PIECE}}`, 'g')) ?? [];

function answer(trouble: Trouble | undefined, body: string): Response {
  if (trouble === 'busy') return new Response('', { status: 503, headers: { 'retry-after': '1' } });
  if (trouble === 'dropped') throw new TypeError('fetch failed', { cause: new Error('other side closed') });
  if (trouble === 'expired') return new Response('Unauthenticated', { status: 401 });
  if (trouble === 'gone') return new Response('Not found.', { status: 404 });
  if (trouble === 'refused') return json({ message: 'No.' }, 400);
  if (trouble === 'html') return new Response('<html>');
  if (trouble === 'cut') return piecewise([...pieces(body.slice(0, body.length / 2)), new Error('terminated')]);
  return piecewise(pieces(body));
}

export interface Outcome {
  /** Paths in the order they were asked for. */
  asked: string[];
  /** Most requests that waited for their reply at the same time. */
  mostInFlight: number;
  messages: Message[];
  /** Ids of the records of a stream, in order. */
  ids: (stream: string) => number[];
  status: (stream: string) => string | undefined;
  thrown: unknown;
}

const lasting: readonly (Trouble | undefined)[] = ['gone', 'refused'];

/** Reads the streams of a world. Every reply and every wait is a turn. */
export async function readWorld(
  world: World,
  turns: Turns,
  pick: (count: number) => number,
  signal?: AbortSignal,
): Promise<Outcome> {
  const asked: string[] = [];
  let [inFlight, mostInFlight, now] = [0, 0, 0];
  const client: HttpClient = async ({ pathname, search }, init) => {
    const path = pathname + search;
    const isFirst = !asked.includes(path);
    asked.push(path);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    await turns.wait(`GET ${path}`, init.signal).finally(() => (inFlight -= 1));
    const trouble = world.trouble(path);
    return answer(isFirst || lasting.includes(trouble) ? trouble : undefined, bodyOf(path, world));
  };
  const chunks: Buffer[] = [];
  const stdout = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  const redactor = createRedactor();
  const writer = createWriter(stdout, redactor);
  const engine = {
    manifest: { tree, folder: '' },
    writer,
    redactor,
    client,
    clock: {
      now: () => now,
      sleep: async (ms: number, stop?: AbortSignal) => {
        await turns.wait(`sleep ${ms}`, stop);
        now += ms;
      },
    },
    random: () => 0.5,
    isDebug: false,
    signal,
  };
  const catalog = {
    streams: (world.streams ?? STREAMS).map((name) => ({ stream: { name }, sync_mode: 'full_refresh' })),
  };
  let thrown: unknown;
  const reading = read(engine, { concurrency: world.concurrency }, catalog).catch((error: unknown) => (thrown = error));
  await turns.until(reading, pick);
  await writer.flush();
  const lines = Buffer.concat(chunks).toString().split('\n').slice(0, -1);
  const messages = lines.map((line) => JSON.parse(line) as Message & Record<string, never>);
  type Any = {
    record?: { stream: string; data: { id: number } };
    trace?: { stream_status?: { status: string; stream_descriptor: { name: string } } };
  };
  const all = messages as unknown as Any[];
  return {
    asked,
    mostInFlight,
    messages,
    ids: (stream) => all.flatMap(({ record }) => (record?.stream === stream ? [record.data.id] : [])),
    status: (stream) =>
      all.map(({ trace }) => trace?.stream_status).findLast((status) => status?.stream_descriptor.name === stream)
        ?.status,
    thrown,
  };
}
