// Takes credentials out of what went over the wire, before anybody sees it or it is kept. The secrets that are known go wherever they
// stand; besides, values go whose name says that they are one, and whatever a login answers with.
import type { Redactor } from '../../protocol/redact.ts';
import type { Exchange } from './exchange.ts';

/** An exchange as it may be shown. */
export interface ShownExchange {
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly requestBody: string | undefined;
  readonly status: number | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, as far as it was kept. */
  readonly text: string;
  /** Whether the text is all of the body. */
  readonly isAll: boolean;
  readonly bytes: number;
  readonly isWhole: boolean;
  readonly ms: number;
  readonly failure: string | undefined;
}

const MASK = '****';

const SECRET_NAME =
  /(^|[-_.])(pass(word|wd|phrase)?|pwd|secret|credentials?|authorization|cookie|jwt|(api|private|access|secret)[-_]?key|(api|access|refresh|id|auth|session|bearer)?[-_]?token|session|signature)$/i;
const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));

/** A connection string, in which semicolons or blanks part the fields. */
const ASSIGNED = /\b(password|passwd|pwd|secret|token|api_?key)=[^;&,\s"'\\]+/gi;

/** A text in JSON, or the beginning of one where the excerpt ends. */
const STRING = String.raw`"(?:[^"\\]|\\.)*(?:"|\\?$)`;
const MEMBER = new RegExp(String.raw`(${STRING})(\s*:\s*)(${STRING})`, 'g');
const NAME_OR_VALUE = new RegExp(String.raw`${STRING}(\s*:)?`, 'g');
/** A number that was a secret, or had one in it. */
const MASKED_NUMBER = /([:[,]\s*)[\d.eE+-]*(?:\*{4}[\d.eE+-]*)+(?=\s*[,}\]]|$)/g;

const isJsonText = (text: string): boolean => /^\s*["[{]/.test(text);

/** JSON text, or its beginning, without values that have the name of a secret. */
function hideInJson(text: string): string {
  return text
    .replaceAll(ASSIGNED, `$1=${MASK}`)
    .replaceAll(MEMBER, (all: string, name: string, colon: string, value: string) =>
      isSecretName(name.slice(1, -1)) && value !== '""' ? `${name}${colon}"${MASK}"` : all,
    );
}

function hideInForm(text: string): string {
  return text.replaceAll(/(^|[?&])([^=&?]+)=([^&#]+)/g, (all: string, start: string, name: string) =>
    isSecretName(decodeURIComponent(name.replaceAll(/%(?![\da-f]{2})/gi, '%25'))) ? `${start}${name}=${MASK}` : all,
  );
}

function hideHeader([name, value]: readonly [string, string]): readonly [string, string] {
  if (name === 'set-cookie') return [name, value.replace(/^([^=;]*)=.*$/s, `$1=${MASK}`)];
  if (!isSecretName(name)) return [name, value];
  // The scheme tells nothing, and helps to see what is wrong.
  return [name, value.replace(/^((?:Basic|Bearer|Token|Digest) +)?.*$/is, `$1${MASK}`)];
}

/** Everything a login answers with could be a credential, until somebody says where the token is. */
function hideLogin(text: string): string {
  if (!isJsonText(text)) return text.replace(/^\S+$/, MASK);
  return text.replaceAll(NAME_OR_VALUE, (all: string, colon?: string) => (colon === undefined ? `"${MASK}"` : all));
}

/** JSON text without the secrets that are known. It stays JSON. */
export const redactJsonText = (text: string, redactor: Redactor): string =>
  redactor.redact(text).replaceAll(MASKED_NUMBER, `$1"${MASK}"`);

/** The same, without values that have the name of a secret too. */
export const hideInJsonText = (text: string, redactor: Redactor): string => hideInJson(redactJsonText(text, redactor));

const hideBody = (text: string, redactor: Redactor): string =>
  isJsonText(text) ? hideInJsonText(text, redactor) : hideInForm(redactor.redact(text));

/** What tells a request from another one, without credentials. */
export const hideRequest = ({ url, body }: { url: string; body: string | undefined }, redactor: Redactor) => ({
  url: hideInForm(redactor.redact(url)),
  body: body === undefined ? undefined : hideBody(body, redactor),
});

/** `isLogin`: its reply has credentials in it. Call it when all secrets are known, at the end. */
export function shown(exchange: Exchange, redactor: Redactor, isLogin: boolean): ShownExchange {
  const { purpose, request, status, bytes, isWhole, ms, failure } = exchange;
  const headersOf = (headers: Headers) =>
    [...headers].map(([name, value]) => hideHeader([name, redactor.redact(value)]));
  const kept = Buffer.concat(exchange.chunks);
  const text = hideBody(kept.toString(), redactor);
  const asked = hideRequest({ url: request.url.href, body: request.body }, redactor);
  const isAccepted = isLogin && status !== undefined && status < 400;
  return {
    purpose,
    method: request.method,
    url: asked.url,
    requestHeaders: headersOf(request.headers),
    requestBody: asked.body,
    status,
    headers: headersOf(exchange.headers),
    text: isAccepted ? hideLogin(text) : text,
    isAll: isWhole && kept.length === bytes,
    bytes,
    isWhole,
    ms,
    failure: failure && redactor.redact(failure.message),
  };
}
