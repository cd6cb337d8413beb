// A client that answers from what was recorded. Requests are told apart by method, URL and body, without the credentials in them.
import { ConfigError } from '../../errors.ts';
import { nearest } from '../../manifest/suggest.ts';
import type { Redactor } from '../../protocol/redact.ts';
import type { HttpClient, HttpResponse } from '../../run/http.ts';
import { hideRequest } from './hide.ts';
import { type RecordedExchange, textOf } from './recording.ts';

const lineOf = (method: string, url: string): string => {
  const { pathname, search } = new URL(url);
  return `${method} ${pathname}${search}`;
};

async function* bodyOf(exchange: RecordedExchange): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(textOf(exchange)));
  if (exchange.fails !== undefined) throw new Error(exchange.fails);
}

function answer(exchange: RecordedExchange): HttpResponse {
  const { status, type, headers, fails } = exchange;
  if (status === undefined) throw new Error(fails);
  const all = new Headers(headers);
  if (type !== undefined) all.set('content-type', type);
  return { status, headers: all, body: bodyOf(exchange) };
}

/** What was asked and is not recorded, and what is. */
function unrecorded(asked: string, exchanges: readonly RecordedExchange[]): ConfigError {
  const lines = [...new Set(exchanges.map(({ request }) => lineOf(request.method, request.url)))];
  const near = nearest(asked, lines);
  const there = near === undefined ? lines : [near, ...lines.filter((line) => line !== near)];
  return new ConfigError(
    `${asked} is not in the recording. Record again with --config and --record. What is there:\n${there.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** Several answers to the same request come in turn; the last one stays. What was not recorded is `missing`'s to answer. */
export function replayClient(
  exchanges: readonly RecordedExchange[],
  redactor: Redactor,
  missing: (error: ConfigError) => HttpClient,
): HttpClient {
  const answers = new Map<string, RecordedExchange[]>();
  for (const exchange of exchanges) {
    const { method, url, body = '' } = exchange.request;
    const key = [method, url, body].join('\n');
    answers.set(key, [...(answers.get(key) ?? []), exchange]);
  }
  return async (url, init) => {
    const { method, body, signal } = init;
    await Promise.resolve();
    signal?.throwIfAborted();
    const hidden = hideRequest({ url: url.href, body }, redactor);
    const list = answers.get([method, hidden.url, hidden.body ?? ''].join('\n'));
    const exchange = list && list.length > 1 ? list.shift() : list?.[0];
    if (exchange) return answer(exchange);
    return missing(unrecorded(lineOf(method, hidden.url), exchanges))(url, init);
  };
}
