// What a test read leaves behind to be read again without the server: the exchanges of one stream in a JSON file, without credentials.
// Tests of streams read the same files (engine/testing/recordings.ts).
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'lossless-json';
import { ConfigError } from '../../errors.ts';
import type { Redactor } from '../../protocol/redact.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../text/json.ts';
import { hideInJsonText, type ShownExchange } from './hide.ts';

export interface RecordedExchange {
  /** `METHOD /path?query`, and which one it is where there are several. */
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers?: JsonObject;
    readonly body?: string;
  };
  readonly status?: number;
  readonly type?: string;
  /** The other headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body: of JSON its value, else `text`. */
  readonly reply?: unknown;
  readonly text?: string;
  /** Why there was no answer. */
  readonly fails?: string;
}

export interface Recording {
  readonly stream: string;
  /** When it was read, for templates that ask for the time. */
  readonly now: string;
  /** How much of it was read: no more can be read again. */
  readonly limit: number;
  readonly slices: number;
  readonly config: JsonObject;
  readonly exchanges: readonly RecordedExchange[];
}

/** Headers that say how the bytes came, not what they are, and those that are for browsers. */
const NOT_KEPT =
  /^(content-(type|length|encoding|security-policy.*)|transfer-encoding|connection|keep-alive|date|age|server|via|set-cookie|strict-transport-security|permissions-policy|referrer-policy|expires|last-modified|cache-control|vary|x-(content-type-options|frame-options|xss-protection|permitted-cross-domain-policies))$/;

function bodyOf(text: string): Pick<RecordedExchange, 'reply' | 'text'> {
  try {
    const reply = parseJson(text);
    // A text that is JSON would be taken for a plain one.
    return typeof reply === 'string' ? { text } : { reply };
  } catch {
    return { text };
  }
}

function recorded(exchange: ShownExchange, name: string): RecordedExchange {
  const { method, url, requestHeaders, requestBody, status, headers, text, failure } = exchange;
  const type = headers.find(([header]) => header === 'content-type')?.[1];
  const kept = headers.filter(([header]) => !NOT_KEPT.test(header));
  const request = {
    ...{ method, url, headers: Object.fromEntries(requestHeaders) },
    ...(requestBody !== undefined && { body: requestBody }),
  };
  if (status === undefined) return { name, request, fails: failure ?? 'no answer' };
  return {
    ...{ name, request, status },
    ...(type !== undefined && { type }),
    ...(kept.length > 0 && { headers: Object.fromEntries(kept) }),
    ...bodyOf(text),
    ...(failure !== undefined && { fails: failure }),
  };
}

export interface RecordingOptions {
  stream: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  limit: number;
  slices: number;
  config: JsonObject;
  exchanges: readonly ShownExchange[];
  redactor: Redactor;
}

export function recordingOf(options: RecordingOptions): Recording {
  const { stream, startedAt, limit, slices, config, exchanges, redactor } = options;
  const counts = new Map<string, number>();
  const all = exchanges.map((exchange) => {
    const { pathname, search } = new URL(exchange.url);
    const line = `${exchange.method} ${pathname}${search}`;
    const nth = (counts.get(line) ?? 0) + 1;
    counts.set(line, nth);
    return recorded(exchange, nth === 1 ? line : `${line} (${nth})`);
  });
  return {
    ...{ stream, now: new Date(startedAt).toISOString(), limit, slices },
    config: parseJson(hideInJsonText(JSON.stringify(config), redactor)) as JsonObject,
    exchanges: all,
  };
}

const pathIn = (folder: string, stream: string): string => join(folder, `${stream.replaceAll(/[^\w.-]/g, '_')}.json`);

/** Writes a recording into a folder, in the place of an earlier one of its stream. Returns its path. */
export function writeRecording(folder: string, recording: Recording): string {
  mkdirSync(folder, { recursive: true });
  const path = pathIn(folder, recording.stream);
  writeFileSync(`${path}.part`, `${stringify(recording, undefined, 2) ?? ''}\n`);
  renameSync(`${path}.part`, path);
  return path;
}

/** The recording of a stream. Throws ConfigError when there is none. */
export function readRecording(folder: string, stream: string): Recording {
  const path = pathIn(folder, stream);
  if (!existsSync(path)) {
    throw new ConfigError(
      `There is no recording of "${stream}" in ${folder}: ${path} is missing. Make one with --record.`,
    );
  }
  const recording = parseJson(readFileSync(path, 'utf8'));
  if (isJsonObject(recording) && Array.isArray(recording['exchanges'])) return recording as unknown as Recording;
  throw new ConfigError(`${path} is no recording of a test read: it has no "exchanges". Make one with --record.`);
}

/** The body as it goes over the wire again. */
export const textOf = ({ reply, text }: RecordedExchange): string =>
  text ?? (reply === undefined ? '' : (stringify(reply) ?? ''));
