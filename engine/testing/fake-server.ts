// The server of a case: an HTTP client in this process that gives the replies of the case and remembers what was asked.
import type { HttpClient, HttpRequestInit } from '../run/http.ts';
import { parseJson, stringifyJson } from '../text/json.ts';
import { sortedKeys } from './compare.ts';
import type { Recording } from './recordings.ts';
import type { Reply, TestCase } from './test-file.ts';

/** A reply of the case, with what it is for and what goes over the wire. */
export interface PreparedReply {
  /** As written in the case. */
  readonly line: string;
  readonly reply: Reply;
  readonly status: number;
  readonly text: string;
  readonly headers: Record<string, string>;
}

export interface FakeServer {
  readonly client: HttpClient;
  /** `METHOD /path?query` of every request that had a reply, in order. */
  readonly asked: readonly string[];
  /** What was asked and had no reply. */
  readonly unexpected: readonly string[];
  /** Replies that nobody asked for. */
  unasked(): string[];
}

/** The same text for requests that differ only in the order and the encoding of their query. */
function canonical(method: string, url: URL, isAbsolute: boolean): string {
  const query = [...url.searchParams].map(([name, value]) => `${name}=${value}`).sort();
  return [method, isAbsolute ? url.origin : '', decodeURI(url.pathname), ...query].join('\n');
}

/** Whether a line of the case names a request. */
function names(line: string, method: string, url: URL): boolean {
  const [lineMethod = '', target = ''] = line.split(/ (.*)/);
  const isAbsolute = !target.startsWith('/');
  return canonical(lineMethod, new URL(target, url), isAbsolute) === canonical(method, url, isAbsolute);
}

const sameJson = (expected: unknown, body: string | undefined): boolean => {
  try {
    return sortedKeys(expected) === sortedKeys(parseJson(body ?? ''));
  } catch {
    return false;
  }
};

const sameForm = (expected: Record<string, string>, body: string | undefined): boolean =>
  sortedKeys(expected) === sortedKeys(Object.fromEntries(new URLSearchParams(body)));

function carries({ request }: Reply, { headers, body }: HttpRequestInit): boolean {
  const { headers: expected = {}, json, form } = request ?? {};
  return (
    Object.entries(expected).every(([name, value]) => headers.get(name) === value) &&
    (json === undefined || sameJson(json, body)) &&
    (form === undefined || sameForm(form, body))
  );
}

/** The replies of a case in their order. */
export function repliesOf({ replies }: TestCase, recordingOf: (name: string) => Recording): PreparedReply[] {
  return Object.entries(replies).flatMap(([line, list]) =>
    [list].flat().map((reply) => {
      const { recording: name, body, text } = reply;
      const recording = name === undefined ? undefined : recordingOf(name);
      return {
        line,
        reply,
        status: reply.status ?? recording?.status ?? 200,
        text: text ?? recording?.text ?? (body === undefined ? '' : stringifyJson(body)),
        headers: { 'content-type': recording?.type ?? 'application/json', ...reply.headers },
      };
    }),
  );
}

/** The body; it breaks off where the case says so. */
async function* bodyOf({ text, reply: { cut_after: cutAfter } }: PreparedReply): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text).subarray(0, cutAfter));
  if (cutAfter !== undefined) throw new Error('The connection was closed.');
}

/** `onUnexpected` is called with the words for a request that has no reply. */
export function fakeServer(
  replies: readonly PreparedReply[],
  isRepeating: boolean,
  onUnexpected: (what: Error) => void,
): FakeServer {
  const used = new Set<PreparedReply>();
  const asked: string[] = [];
  const unexpected: string[] = [];

  function choose(method: string, url: URL, init: HttpRequestInit): PreparedReply | undefined {
    const fitting = replies.filter(({ line, reply }) => names(line, method, url) && carries(reply, init));
    const [last] = fitting.slice(-1);
    const isAnswering = isRepeating || last?.reply.repeats === true;
    return fitting.find((candidate) => !used.has(candidate)) ?? (isAnswering ? last : undefined);
  }

  function refuse(request: string, method: string, url: URL, { body }: HttpRequestInit): never {
    const known = replies.filter(({ line }) => names(line, method, url));
    const carried = body === undefined ? '' : ` with ${body}`;
    const reason = known.some((reply) => used.has(reply)) ? `, for which all replies are used up` : '';
    unexpected.push(`${request}${carried}${reason}`);
    const error = new Error(`unexpected request: ${request}`);
    onUnexpected(error);
    throw error;
  }

  return {
    asked,
    unexpected,
    unasked: () => replies.filter((reply) => !used.has(reply) && reply.reply.optional !== true).map(({ line }) => line),
    client: async (url, init) => {
      await Promise.resolve();
      init.signal?.throwIfAborted();
      const { method } = init;
      const chosen = choose(method, url, init);
      if (!chosen) return refuse(`${method} ${decodeURI(url.pathname + url.search)}`, method, url, init);
      used.add(chosen);
      asked.push(chosen.line);
      if (chosen.reply.fails !== undefined) throw new Error(chosen.reply.fails);
      return { status: chosen.status, headers: new Headers(chosen.headers), body: bodyOf(chosen) };
    },
  };
}
