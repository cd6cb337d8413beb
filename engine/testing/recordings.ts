// Recorded exchanges, found by their names: lists of {name, status, type, reply} in the JSON files of a folder, `text` in place of
// `reply` where the body is to be sent as it was. `try --record` writes its list under `exchanges`.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../errors.ts';
import { didYouMean } from '../manifest/suggest.ts';
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

function textOf({ text, reply, type = '' }: Exchange): string {
  if (text !== undefined) return text;
  const isPlain = typeof reply === 'string' && (reply === '' || !type.includes('json'));
  return isPlain ? reply : stringifyJson(reply);
}

function exchangesOf(folder: string): Map<string, Exchange> {
  if (!existsSync(folder))
    throw new ConfigError(
      `There is no folder ${folder}, which \`recordings\` names. The path is taken from the folder of the test file.`,
    );
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const exchanges = files.flatMap((name) => {
    const content = parseJson(readFileSync(join(folder, name), 'utf8')) as Exchange[] | { exchanges: Exchange[] };
    return Array.isArray(content) ? content : content.exchanges;
  });
  return new Map(exchanges.map((exchange) => [exchange.name, exchange]));
}

/** The reply of a recorded exchange, by the folder it is in. Throws ConfigError when there is none of this name. */
export type Recordings = (folder: string | undefined, name: string) => Recording;

/** Reads each folder once. */
export function createRecordings(): Recordings {
  const folders = new Map<string, Map<string, Exchange>>();
  return (folder, name) => {
    if (folder === undefined) {
      throw new ConfigError(`The recording "${name}" needs \`recordings\`, the folder it is in.`);
    }
    const exchanges = folders.get(folder) ?? exchangesOf(folder);
    folders.set(folder, exchanges);
    const exchange = exchanges.get(name);
    if (!exchange) {
      const advice = didYouMean(name, exchanges.keys()) ?? 'Record it with "try --record".';
      throw new ConfigError(`No recording in ${folder} has the name "${name}". ${advice}`);
    }
    return { status: exchange.status, type: exchange.type, text: textOf(exchange) };
  };
}
