// Recorded exchanges, found by their names: lists of {name, status, type, reply} in the JSON files of a folder, `text` in place of
// `reply` where the body is to be sent as it was.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { parseJson, stringifyJson } from '../text/json.ts';

interface Exchange {
  readonly name: string;
  readonly status: number;
  readonly type?: string;
  readonly reply?: unknown;
  readonly text?: string;
}

export interface Recording {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

const folders = new Map<string, Map<string, Exchange>>();

function exchangesOf(folder: string): Map<string, Exchange> {
  const known = folders.get(folder);
  if (known) return known;
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const exchanges = files.flatMap((name) => parseJson(readFileSync(join(folder, name), 'utf8')) as Exchange[]);
  const byName = new Map(exchanges.map((exchange) => [exchange.name, exchange]));
  folders.set(folder, byName);
  return byName;
}

function textOf({ text, reply, type = '' }: Exchange): string {
  if (text !== undefined) return text;
  const isPlain = typeof reply === 'string' && (reply === '' || !type.includes('json'));
  return isPlain ? reply : stringifyJson(reply);
}

/** The reply of a recorded exchange. Throws ConfigError when there is none of this name. */
export function recordingOf(folder: string | undefined, name: string): Recording {
  if (folder === undefined) throw new ConfigError(`The recording "${name}" needs \`recordings\`, the folder it is in.`);
  const exchange = exchangesOf(folder).get(name);
  if (!exchange) throw new ConfigError(`No recording in ${folder} has the name "${name}".`);
  return { status: exchange.status, type: exchange.type, text: textOf(exchange) };
}
