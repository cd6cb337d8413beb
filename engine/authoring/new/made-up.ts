// A config and a server that are made up, for the first test of a stream that nobody has read yet.
import type { HttpClient } from '../../run/http.ts';
import { isJsonObject, type JsonObject, stringifyJson } from '../../text/json.ts';

/** Texts for fields of any meaning; the first that fits the pattern is taken. */
const TEXTS = ['example', 'https://example.com', '2026-01-01T00:00:00Z', '2026-01-01', '1'];

function textFor({ pattern, minLength }: JsonObject): string {
  const isRight = (text: string): boolean => typeof pattern !== 'string' || new RegExp(pattern, 'u').test(text);
  const text = TEXTS.find(isRight) ?? '';
  return typeof minLength === 'number' ? text.padEnd(minLength, 'x') : text;
}

/** A value that fits a field of a specification. */
function valueFor(schema: JsonObject): unknown {
  const { type, examples, airbyte_secret: isSecret } = schema;
  const [choice] = [schema['oneOf'] ?? schema['anyOf'] ?? []].flat();
  const [example] = [examples ?? []].flat();
  const [listed] = [schema['enum'] ?? []].flat();
  const [kind] = [type].flat().filter((name) => name !== 'null');
  const told = [schema['const'], schema['default'], listed].find((value) => value !== undefined);
  if (told !== undefined) return told;
  if (isSecret === true && kind === 'string') return `EXAMPLE-${textFor(schema)}`;
  if (isJsonObject(schema['properties']) || isJsonObject(choice)) {
    return madeUpConfig(isJsonObject(choice) ? { ...schema, ...choice } : schema);
  }
  if (kind === 'integer' || kind === 'number') return schema['minimum'] ?? 1;
  if (kind === 'boolean') return false;
  if (kind === 'array') return [];
  if (kind === 'object') return {};
  return typeof example === 'string' && example !== '' ? example : textFor(schema);
}

/** A config that fits a specification: what it requires, and what credentials are made of. */
export function madeUpConfig(schema: JsonObject): JsonObject {
  const properties = Object.entries(isJsonObject(schema['properties']) ? schema['properties'] : {});
  const required = [schema['required'] ?? []].flat();
  const isNeeded = ([name, field]: readonly [string, unknown]): boolean =>
    required.includes(name) || (isJsonObject(field) && field['airbyte_secret'] === true);
  return Object.fromEntries(
    properties.filter(isNeeded).map(([name, field]) => [name, isJsonObject(field) ? valueFor(field) : 'example']),
  );
}

/** Where logins of the manifest look for their token. */
function* tokenPaths(node: unknown): Generator<string[]> {
  if (Array.isArray(node)) for (const item of node) yield* tokenPaths(item);
  if (!isJsonObject(node)) return;
  const { session_token_path: path, access_token_name: name } = node;
  if (Array.isArray(path)) yield path.map(String);
  if (typeof name === 'string') yield [name];
  for (const value of Object.values(node)) yield* tokenPaths(value);
}

function put(target: JsonObject, [key = '', ...rest]: readonly string[], value: unknown): JsonObject {
  const inner = isJsonObject(target[key]) ? target[key] : {};
  return { ...target, [key]: rest.length === 0 ? value : put(inner, rest, value) };
}

/** What a login answers, wherever this manifest looks for the token. */
const loginReply = (tree: JsonObject): JsonObject =>
  [['access_token'], ...tokenPaths(tree)].reduce<JsonObject>((reply, path) => put(reply, path, 'EXAMPLE-TOKEN'), {
    expires_in: 3600,
  });

/** A server that answers the endpoint with a body, and every other request like a login. */
export function madeUpServer(tree: JsonObject, endpoint: string, body: unknown): HttpClient {
  async function* bytes(value: unknown): AsyncIterable<Uint8Array> {
    yield await Promise.resolve(Buffer.from(stringifyJson(value)));
  }
  return (url) =>
    Promise.resolve({
      status: 200,
      headers: new Headers({ 'content-type': 'application/json' }),
      body: bytes(url.pathname.endsWith(`/${endpoint}`) ? body : loginReply(tree)),
    });
}
