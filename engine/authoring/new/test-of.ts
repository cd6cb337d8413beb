// The test of a stream, made of what a server answered.
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import type { RecordedExchange } from '../trial/recording.ts';
import { textOf } from '../trial/recording.ts';
import { emptied, trimmed } from './records-at.ts';

export interface TestSource {
  readonly stream: string;
  readonly config: JsonObject;
  /** What was asked and answered, in order. */
  readonly exchanges: readonly RecordedExchange[];
  /** Which of them has the records. */
  readonly main: RecordedExchange;
  readonly recordsAt: readonly string[];
}

const lineOf = ({ request: { method, url } }: RecordedExchange): string => {
  const { pathname, search } = new URL(url);
  return `${method} ${pathname}${search}`;
};

/** A reply as it stands in a test. */
function replyOf(exchange: RecordedExchange): JsonObject {
  const { status = 200, type = '', reply } = exchange;
  const isJson = type.includes('json');
  const text = textOf(exchange);
  const body = isJson && reply !== undefined ? { body: reply } : text === '' ? {} : { text };
  return {
    ...(status !== 200 && { status }),
    ...(!isJson && type !== '' && { headers: { 'content-type': type } }),
    ...body,
  };
}

/** The replies by their requests; those of one request in turn. */
function repliesOf(exchanges: readonly RecordedExchange[], of: (exchange: RecordedExchange) => JsonObject): JsonObject {
  const lines = [...new Set(exchanges.map(lineOf))];
  return Object.fromEntries(
    lines.map((line) => {
      const replies = exchanges.filter((exchange) => lineOf(exchange) === line).map(of);
      return [line, replies.length === 1 ? replies[0] : replies];
    }),
  );
}

/** The content of a file of tests: every record comes out, and nothing is no record. */
export function testOf({ stream, config, exchanges, main, recordsAt }: TestSource): JsonObject {
  const path = recordsAt.length === 0 ? '.' : recordsAt.join('.');
  const withMain = (reply: JsonObject) => (exchange: RecordedExchange) =>
    exchange === main ? { ...replyOf(exchange), ...reply } : replyOf(exchange);
  const body = emptied(main.reply, recordsAt);
  const isList = recordsAt.length > 0 || !isJsonObject(main.reply);
  return {
    stream,
    config,
    cases: [
      {
        name: 'every record comes out as it is sent',
        replies: repliesOf(exchanges, withMain({ body: trimmed(main.reply, recordsAt), records_at: path })),
      },
      ...(isList ? [{ name: 'nothing there is no records', replies: repliesOf(exchanges, withMain({ body })) }] : []),
    ],
  };
}
