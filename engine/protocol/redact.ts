// Keeps secrets out of what people read: every text that is a secret, or one in another spelling, becomes asterisks.

export interface Redactor {
  add(secret: string): void;
  /** The same value with the secrets in its texts replaced. */
  redact<T>(value: T): T;
}

/** Shorter ones would blot out ordinary words. */
const SHORTEST = 3;
const MASK = '****';

/** So much of the beginning of a secret gives it away, where a text was cut. */
const TELLING = 8;
/** How often JSON text may stand inside JSON text. */
const NESTED = 3;

/** Inside JSON text that stands inside JSON text, and so on. */
function nestedInJson(text: string): string[] {
  const all: string[] = [];
  for (let depth = 0, inner = text; depth < NESTED; depth += 1) {
    inner = JSON.stringify(inner).slice(1, -1);
    all.push(inner);
  }
  return all;
}

/** JSON text in ASCII only, with lower or upper case digits. */
function inAscii(text: string): string[] {
  const code = (character: string): string => character.charCodeAt(0).toString(16).padStart(4, '0');
  const escaped = (digits: (character: string) => string): string =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[\u0080-\uffff]/g, (character) => `\\u${digits(character)}`);
  return [escaped(code), escaped((character) => code(character).toUpperCase())];
}

/** What of base64 does not depend on what stands before and behind, by where it starts among three bytes. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const isAligned = (offset + bytes.length) % 3 === 0;
    return text.slice(offset === 0 ? 0 : offset + 1, isAligned ? undefined : -1);
  });
}

const lowerCodes = (text: string): string => text.replaceAll(/%../g, (code) => code.toLowerCase());

/** The spellings in which a secret may turn up: as it is, in a URL, in a form, in base64, inside JSON text. */
function spellings(secret: string): string[] {
  const encoded = [
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
  ];
  const inBase64 = base64Of(secret).filter((text) => text.length >= TELLING);
  const base64 = [Buffer.from(secret).toString('base64'), ...inBase64];
  const inText = [secret, ...inAscii(secret)].flatMap((text) => [text, ...nestedInJson(text)]);
  return [
    ...inText,
    ...encoded,
    ...encoded.map(lowerCodes),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Replaces the beginning of a secret where an excerpt broke off in the middle of it. */
function withoutCut(text: string, secret: string): string {
  const head = secret.slice(0, TELLING);
  if (secret.length <= TELLING || !text.includes(head)) return text;
  const [first = '', ...parts] = text.split(head);
  const rest = parts.map((part) => {
    let length = 0;
    while (length < part.length && part[length] === secret[TELLING + length]) length += 1;
    const behind = part.slice(length);
    return /^$|^["\\.;\n]/.test(behind) ? MASK + behind : head + part;
  });
  return first + rest.join('');
}

export function createRedactor(): Redactor {
  let secrets: string[] = [];

  function redactValue(value: unknown): unknown {
    if (typeof value === 'string') {
      const text = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), value);
      return secrets.reduce(withoutCut, text);
    }
    if (Array.isArray(value)) return value.map(redactValue);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item)]));
  }

  return {
    add(secret) {
      if (secret.length < SHORTEST || secrets.includes(secret)) return;
      // Longer ones first: what is left of a secret inside another one would give it away.
      secrets = [...new Set([...secrets, ...spellings(secret)])].sort((a, b) => b.length - a.length);
    },
    redact: (value) => redactValue(value) as typeof value,
  };
}
