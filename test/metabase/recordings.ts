// The recorded exchanges, read once: templates for generated rows, and whole replies for the endpoints that are not modelled.
import { readdirSync, readFileSync } from 'node:fs';
import type { Row } from './row.ts';

export type Exchange = {
  name: string;
  role: string;
  method: string;
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
  type?: string;
  /** The body as parsed JSON, or as text when it is none. */
  reply?: unknown;
  /** The body as sent, where parsing would change it (integers above 2^53). */
  text?: string;
};

const FOLDER = new URL('./recordings/', import.meta.url);

export const EXCHANGES: Exchange[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .flatMap((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Exchange[]);

export function exchange(name: string): Exchange {
  const found = EXCHANGES.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`No recording is called "${name}"; see test/metabase/recordings.`);
  return found;
}

export function recordedRow(name: string): Row {
  return exchange(name).reply as Row;
}

export function recordedRows(name: string): Row[] {
  const reply = exchange(name).reply as Row[] | { data: Row[] };
  return Array.isArray(reply) ? reply : reply.data;
}

/** The body as it goes over the wire. */
export function bodyText(recorded: Exchange): string {
  if (recorded.text !== undefined) return recorded.text;
  const isText = typeof recorded.reply === 'string' && !(recorded.type ?? '').startsWith('application/json');
  return isText || recorded.reply === '' ? (recorded.reply as string) : JSON.stringify(recorded.reply);
}
