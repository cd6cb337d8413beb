// The files a user gives: config, catalog and state. Read, checked, and turned into what the engine works with.
import { readFileSync } from 'node:fs';
import { ConfigError } from './errors.ts';
import { isJsonObject, type JsonObject } from './text/json.ts';
import { pythonText } from './text/python.ts';

/** The JSON of a file. Throws ConfigError that names the flag and the file, never the content. */
export function readJsonFile(path: string, flag: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`The file that ${flag} names cannot be read: ${path}. Check the path.`, { cause });
  }
  try {
    // Editors on Windows put a byte order mark before it.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new ConfigError(`The file that ${flag} names is not JSON: ${path}. Correct it.`);
  }
}

/** The config of a file: an object. Throws ConfigError. */
export function readConfig(path: string): JsonObject {
  const config = readJsonFile(path, '--config');
  if (isJsonObject(config)) return config;
  throw new ConfigError(`The config in ${path} has to be a JSON object: { "name": value, … }.`);
}

/** Checks a config against the connector's specification. Throws ConfigError that names each field, and no value. */
export async function checkConfig(config: JsonObject, schema: JsonObject): Promise<void> {
  // Loaded only here: verbs without a config do without it.
  const { complaintsAbout } = await import('./text/json-schema.ts');
  const complaints = complaintsAbout(config, schema);
  if (complaints.length === 0) return;
  throw new ConfigError(`The config does not fit: ${complaints.join('; ')}. Correct it; "spec" lists the fields.`);
}

/** The texts of a config that its specification marks with airbyte_secret. */
export function secretsIn(config: unknown, schema: unknown): string[] {
  if (!isJsonObject(schema) || config === undefined || config === null) return [];
  if (schema['airbyte_secret'] === true) return [pythonText(config)];
  const below = (key: 'oneOf' | 'anyOf' | 'allOf'): unknown[] => (Array.isArray(schema[key]) ? schema[key] : []);
  const branches = [...below('oneOf'), ...below('anyOf'), ...below('allOf')];
  const properties =
    isJsonObject(schema['properties']) && isJsonObject(config) ? Object.entries(schema['properties']) : [];
  const items: unknown[] = Array.isArray(config) ? config : [];
  return [
    ...branches.flatMap((branch) => secretsIn(config, branch)),
    ...items.flatMap((item) => secretsIn(item, schema['items'])),
    ...properties.flatMap(([name, inner]) => secretsIn((config as JsonObject)[name], inner)),
  ];
}

/** A stream that the configured catalog asks for. */
export interface ConfiguredStream {
  readonly name: string;
  readonly syncMode: 'full_refresh' | 'incremental';
}

/** The streams of a configured catalog. Throws ConfigError. */
export function configuredStreams(catalog: unknown): ConfiguredStream[] {
  const streams = isJsonObject(catalog) ? catalog['streams'] : undefined;
  if (!Array.isArray(streams)) {
    const example = '{ "streams": [{ "stream": { "name": "users" }, "sync_mode": "full_refresh" }] }';
    throw new ConfigError(`The configured catalog has no list of "streams". It looks like this: ${example}`);
  }
  const names = new Set<string>();
  return streams.map((configured: unknown, index) => {
    const stream = isJsonObject(configured) ? configured['stream'] : undefined;
    const name = isJsonObject(stream) ? stream['name'] : undefined;
    if (typeof name !== 'string')
      throw new ConfigError(
        `Stream ${index + 1} of the configured catalog has no name. Give it one that discover lists.`,
      );
    if (names.has(name))
      throw new ConfigError(`The configured catalog asks for the stream "${name}" twice. Ask for it once.`);
    names.add(name);
    const syncMode = (configured as JsonObject)['sync_mode'];
    if (syncMode === 'full_refresh' || syncMode === 'incremental') return { name, syncMode };
    throw new ConfigError(
      `The stream "${name}" of the configured catalog asks for the sync_mode "${String(syncMode)}"; it is full_refresh or incremental.`,
    );
  });
}

/** What one message of a state says of streams, by name. */
function statesIn(message: JsonObject): [string, unknown][] {
  const { type, stream, global, data } = message as Record<string, JsonObject | undefined>;
  const shared = global?.['stream_states'];
  const streams = isJsonObject(stream) ? [stream] : Array.isArray(shared) ? shared.filter(isJsonObject) : [];
  if (streams.length === 0 && (type === undefined || isJsonObject(data))) return Object.entries(data ?? message);
  return streams.map((one) => [
    String((one['stream_descriptor'] as JsonObject | undefined)?.['name']),
    one['stream_state'],
  ]);
}

/** Where each stream was at the end of the last sync: a list of messages, an object by stream name, or nothing. Throws ConfigError. */
export function streamStates(state: unknown): (stream: string) => JsonObject | undefined {
  if (state !== null && !Array.isArray(state) && !isJsonObject(state)) {
    throw new ConfigError(
      'The state has to be a list of state messages. Give what the last sync wrote, or [] to read everything.',
    );
  }
  const messages = [state ?? []].flat().filter(isJsonObject);
  const states = new Map(messages.flatMap(statesIn));
  return (stream) => {
    const found = states.get(stream);
    return isJsonObject(found) ? found : undefined;
  };
}
