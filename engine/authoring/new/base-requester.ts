// Where a stream that is to be written sends its requests: what the other streams of the manifest refer to, or else what one of them has.
import { isMap, isPair, isScalar, visit } from 'yaml';
import type { SourceFile } from '../../manifest/load.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';

export interface BaseRequester {
  /** As it is written into the file of the stream. */
  readonly written: JsonObject;
  /** What that means. */
  readonly resolved: JsonObject;
}

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), tree);

const isRequester = (value: unknown): value is JsonObject =>
  isJsonObject(value) && (value['url_base'] ?? value['url']) !== undefined;

/** What stands after `requester:` as a reference, in every file, as often as it does. */
function references(sources: readonly SourceFile[]): string[] {
  const found: string[] = [];
  for (const { document } of sources) {
    visit(document, (_key, node) => {
      if (!isPair(node) || !isScalar(node.key) || node.key.value !== 'requester') return;
      const reference = isMap(node.value)
        ? node.value.get('$ref')
        : isScalar(node.value)
          ? node.value.value
          : undefined;
      if (typeof reference === 'string' && reference.startsWith('#/')) found.push(reference);
    });
  }
  return found;
}

function mostUsed(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The definitions that are a requester without a path of its own, as references. */
const definedRequesters = (tree: JsonObject): string[] =>
  Object.entries(isJsonObject(tree['definitions']) ? tree['definitions'] : {})
    .filter(([, value]) => isRequester(value) && value['path'] === undefined)
    .map(([name]) => `#/definitions/${name}`);

/** The requester of the first stream that has one, without what is its own. */
function firstInline(tree: JsonObject): JsonObject | undefined {
  const streams = Array.isArray(tree['streams']) ? tree['streams'] : [];
  const requester = streams.map((stream) => at(stream, ['retriever', 'requester'])).find(isRequester);
  if (!requester) return undefined;
  const { type, url_base, url, authenticator } = requester;
  return JSON.parse(JSON.stringify({ type, url_base: url_base ?? url, authenticator })) as JsonObject;
}

/** Undefined when the manifest says of no address. */
export function baseRequester(tree: JsonObject, sources: readonly SourceFile[]): BaseRequester | undefined {
  const resolve = (reference: string): unknown => at(tree, reference.slice(2).split('/'));
  const used = references(sources).filter((reference) => isRequester(resolve(reference)));
  const reference = mostUsed(used) ?? definedRequesters(tree)[0];
  if (reference !== undefined) return { written: { $ref: reference }, resolved: resolve(reference) as JsonObject };
  const inline = firstInline(tree);
  return inline && { written: inline, resolved: inline };
}
