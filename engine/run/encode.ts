// A request of templates and credentials as one of HTTP.
import { mergeParts } from '../components/parts.ts';
import type { OutgoingRequest, PartialParts } from '../components/kinds.ts';
import { stringifyJson } from '../text/json.ts';
import { pythonText } from '../text/python.ts';

export interface EncodedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string | undefined;
}

/** Name and value pairs: a list repeats its name; null and empty text leave it out. */
function pairs(values: Readonly<Record<string, unknown>>): [string, string][] {
  return Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item) => item !== undefined && item !== null && item !== '')
      .map((item): [string, string] => [name, pythonText(item)]),
  );
}

/** Puts the credentials in. What stands in the URL's own query already is not said twice. */
export function encode(request: OutgoingRequest, credentials: PartialParts): EncodedRequest {
  const { headers, params, bodyJson, bodyForm } = mergeParts(credentials, request);
  const url = new URL(request.url);
  for (const [name, value] of pairs(params)) {
    if (!url.searchParams.getAll(name).includes(value)) url.searchParams.append(name, value);
  }
  const all = new Headers({ accept: '*/*' });
  // set, not append: names that differ in case only are one header. Of those the credentials win: mergeParts puts them last.
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  let body = request.bodyText;
  if (Object.keys(bodyJson).length > 0) {
    body = stringifyJson(bodyJson);
    if (!all.has('content-type')) all.set('content-type', 'application/json');
  } else if (Object.keys(bodyForm).length > 0) {
    body = new URLSearchParams(pairs(bodyForm)).toString();
    if (!all.has('content-type')) all.set('content-type', 'application/x-www-form-urlencoded');
  }
  return { method: request.method, url, headers: all, body };
}
