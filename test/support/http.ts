// A client without a network: a test says what the server answers, and sees what was asked. An unexpected request fails.
import type { HttpClient, HttpRequestInit } from '../../engine/run/http.ts';

export interface Asked {
  readonly method: string;
  readonly url: string;
  /** `METHOD /path?query` */
  readonly line: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly init: HttpRequestInit;
}

/** An answer: a response, an error of the connection, or what makes one of them. */
export type Answer = Response | Error | ((asked: Asked) => Answer | Promise<Answer>);

/** The same response once more. Not a clone: of that both have to be read. */
async function copyOf(response: Response): Promise<Response> {
  const { status, headers } = response;
  const bytes = await response.clone().arrayBuffer();
  return new Response(bytes.byteLength > 0 ? bytes : null, { status, headers });
}

/** Answers each `METHOD /path?query` by its list, in order; the last one stays. */
export function fakeClient(answers: Record<string, Answer | Answer[]>): { client: HttpClient; asked: Asked[] } {
  const left = new Map(Object.entries(answers).map(([line, list]) => [line, [list].flat()]));
  const asked: Asked[] = [];

  async function give(answer: Answer | undefined, request: Asked): Promise<Response> {
    if (answer === undefined) throw new Error(`unexpected request: ${request.line}`);
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? copyOf(answer) : give(await answer(request), request);
  }

  return {
    asked,
    client: async (url, init) => {
      const { method, headers, body, signal } = init;
      const line = `${method} ${url.pathname}${url.search}`;
      const request = { method, url: url.href, line, headers: Object.fromEntries(headers), body, init };
      asked.push(request);
      signal?.throwIfAborted();
      const list = left.get(line) ?? left.get(url.href) ?? [];
      return give(list.length > 1 ? list.shift() : list[0], request);
    },
  };
}

/** A response whose body comes in these pieces, one for each time it is asked; an Error among them breaks it off. */
export function piecewise(pieces: readonly (string | Uint8Array | Error)[], onCancel?: () => void): Response {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const piece = left.shift();
        if (piece === undefined) controller.close();
        else if (piece instanceof Error) controller.error(piece);
        else controller.enqueue(Buffer.from(piece));
      },
      cancel: onCancel ?? (() => undefined),
    },
    { highWaterMark: 0 },
  );
  return new Response(body);
}

export const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
