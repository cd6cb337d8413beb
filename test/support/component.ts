// Builds a component from YAML as users write it, through the real engine: resolved, validated, built. Nothing is sent for real.
import type { Kind, Kinds, OutgoingRequest, Reply } from '../../engine/components/kinds.ts';
import type { SendOptions } from '../../engine/components/scope.ts';
import { language } from '../../engine/language.ts';
import { formatDiagnostic } from '../../engine/manifest/diagnostic.ts';
import type { ComponentDescription, Language } from '../../engine/manifest/language.ts';
import { propagate } from '../../engine/manifest/parameters.ts';
import { readManifest } from '../../engine/manifest/read-manifest.ts';
import { type Builder, createBuilder, type Runtime } from '../../engine/run/build.ts';
import { replyOf } from '../../engine/run/reply.ts';
import type { JsonObject } from '../../engine/text/json.ts';
import type { Row } from '../../engine/text/row.ts';
import { withFiles } from './files.ts';

export { language };

/** A source that holds one component, so that the component is read like others; there is a stream and a schema "users". */
function languageAround(kind: Kind): Language {
  const fields = { component: { 'x-slot': { kind, shape: 'one' as const } } };
  const holder: ComponentDescription = { kind: 'source', type: 'Holder', summary: '', fields };
  return { ...language, components: new Map([...language.components, [holder.type, holder]]) };
}

/** The validated tree of a component. Throws an Error with the formatted diagnostics when it has problems. */
function readComponent(kind: Kind, yaml: string): unknown {
  const holder = 'type: Holder\ncomponent:\n  $ref: component.yaml\nstreams: [{ name: users }]\n';
  const files = { 'manifest.yaml': holder, 'component.yaml': yaml, 'schemas/users.json': '{}' };
  const { tree, diagnostics } = withFiles(files, (folder) =>
    readManifest(`${folder}/manifest.yaml`, languageAround(kind)),
  );
  if (diagnostics.length > 0) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  return (tree as { component: unknown }).component;
}

/** A component under test, what it said and which secrets it announced. */
export interface Built<K extends Kind> {
  component: Kinds[K];
  builder: Builder;
  logs: string[];
  secrets: string[];
}

export const NOON = Date.UTC(2026, 10, 21, 12);

/** Builds a component. What it needs of the world comes in as arguments; a request that is not expected throws. */
export function build<K extends Kind>(kind: K, yaml: string, runtime: Partial<Runtime> = {}): Built<K> {
  const logs: string[] = [];
  const secrets: string[] = [];
  const builder = createBuilder({
    config: {},
    clock: { now: () => NOON, sleep: () => Promise.resolve() },
    random: () => 0.5,
    concurrency: () => 8,
    send: ({ method, url }) => Promise.reject(new Error(`unexpected request: ${method} ${url}`)),
    isOffered: ({ method, url }) => Promise.reject(new Error(`unexpected request: ${method} ${url}`)),
    readFile: (path) => {
      throw new Error(`unexpected file: ${path}`);
    },
    log: (level, message) => logs.push(`${level} ${message}`),
    addSecret: (secret) => secrets.push(secret),
    propagate: (node, options) => propagate(node, new Map(), language, options) as JsonObject,
    ...runtime,
  });
  return { component: builder.build(readComponent(kind, yaml), kind), builder, logs, secrets };
}

/** The component alone, where nothing else matters. */
export function make<K extends Kind>(kind: K, yaml: string, config: JsonObject = {}): Kinds[K] {
  return build(kind, yaml, { config }).component;
}

/** A reply as HTTP brings it; an object becomes JSON. */
export function reply(status: number, body: unknown = '', headers: Record<string, string> = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return replyOf(
    'GET',
    'https://example.com/api/things',
    new Response(status === 204 ? null : text, { status, headers }),
  );
}

/** What was sent: the request, and how. */
export interface Sent extends OutgoingRequest {
  options: SendOptions;
}

/** A `send` that answers by "METHOD path"; anything else throws. An answer that is undefined is an ignored reply. */
export function fakeSend(answers: Record<string, (sent: Sent) => Reply | undefined>) {
  const sent: Sent[] = [];
  const send: Runtime['send'] = async (request, options) => {
    const key = `${request.method} ${new URL(request.url).pathname}`;
    const answer = answers[key];
    if (!answer) throw new Error(`unexpected request: ${key}`);
    const all = { ...request, options };
    sent.push(all);
    // A real answer takes at least one turn.
    await Promise.resolve();
    const result = answer(all);
    if (!result || options.ignore?.includes(result.status)) return undefined;
    return { ...result, again: (error) => Promise.reject(error) };
  };
  return { send, sent };
}

/** All items of an iteration. */
export async function all<T>(items: AsyncIterable<T> | Iterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items as AsyncIterable<T>) list.push(item);
  return list;
}

/** The rows' bytes as text; none of a reply that was ignored. */
export async function rowTexts(rows: AsyncIterable<Row> | undefined): Promise<string[]> {
  return (rows ? await all(rows) : []).map(({ bytes }) => Buffer.from(bytes).toString());
}

/** A document in chunks, as a reply's body gives it. */
export async function* chunks(...texts: string[]): AsyncIterable<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}
