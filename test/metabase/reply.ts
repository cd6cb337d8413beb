// Replies as plain values, in the exact words Metabase uses, before they become HTTP.

export type Reply = {
  status: number;
  type: string | null;
  body: string | Iterable<Uint8Array>;
  /** Headers in place of, or beside, those every reply has; null leaves one out. */
  headers?: Record<string, string | null>;
};

export const JSON_TYPE = 'application/json;charset=utf-8';
export const HTML_TYPE = 'text/html;charset=utf-8';

export function json(body: unknown, status = 200): Reply {
  return { status, type: JSON_TYPE, body: JSON.stringify(body) };
}

export function text(body: string, status: number): Reply {
  return { status, type: 'text/plain', body };
}

/** A JSON array whose rows are made while it is sent. */
export function jsonArray(rows: Iterable<unknown>): Reply {
  return { status: 200, type: JSON_TYPE, body: arrayChunks(rows) };
}

export const unauthenticated = (): Reply => text('Unauthenticated', 401);
export const forbidden = (): Reply => text("You don't have permissions to do that.", 403);
export const notFound = (): Reply => text('Not found.', 404);
export const noSuchEndpoint = (): Reply => json('API endpoint does not exist.', 404);
export const archivedGone = (): Reply =>
  json({ message: 'The object has been archived.', error_code: 'archived' }, 404);

/** 400 for query parameters and path segments, by the name of what is wrong. */
export function invalid(name: string, { errors, specific }: { errors: string; specific: unknown }): Reply {
  return json({ 'specific-errors': { [name]: specific }, errors: { [name]: errors } }, 400);
}

export function invalidId(value: string): Reply {
  const expectations = [
    'value must be an integer greater than zero.',
    'String must be a valid 21-character NanoID string.',
  ];
  const received = /^-?\d+$/.test(value) ? value : JSON.stringify(value);
  return invalid('id', {
    errors: 'value must be an integer greater than zero., or String must be a valid 21-character NanoID string.',
    specific: expectations.map((expected) => `${expected}, received: ${received}`),
  });
}

export function ambiguousUri(uri: string): Reply {
  const title = 'Ambiguous URI empty segment';
  const body = [
    ...['<html>', '<head>', '<meta http-equiv="Content-Type" content="text/html;charset=ISO-8859-1"/>'],
    ...[`<title>Error 400 ${title}</title>`, '</head>', '<body>', `<h2>HTTP ERROR 400 ${title}</h2>`, '<table>'],
    ...[`<tr><th>URI:</th><td>${uri}</td></tr>`, '<tr><th>STATUS:</th><td>400</td></tr>'],
    ...[`<tr><th>MESSAGE:</th><td>${title}</td></tr>`, '</table>', '', '</body>', '</html>', ''],
  ].join('\n');
  const headers = { 'last-modified': null, 'set-cookie': null, 'x-metabase-version': null, connection: 'close' };
  return { status: 400, type: 'text/html;charset=iso-8859-1', body, headers };
}

export function webPage(): Reply {
  const body =
    '<!DOCTYPE html>\n<html lang="en" translate="no">\n  <head><title>Metabase</title></head>\n  <body></body>\n</html>\n';
  return { status: 200, type: HTML_TYPE, body, headers: { 'x-metabase-version': null } };
}

const CHUNK_CHARACTERS = 32 * 1024;

function* arrayChunks(rows: Iterable<unknown>): Generator<Uint8Array> {
  let chunk = '[';
  let separator = '';
  for (const row of rows) {
    chunk += separator + JSON.stringify(row);
    separator = ',';
    if (chunk.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  yield Buffer.from(`${chunk}]`);
}
