// Keeps secrets out of what people read: every text that is a secret, or one in another spelling, becomes asterisks.

export interface Redactor {
  add(secret: string): void;
  /** The same value with the secrets in its texts replaced. */
  redact<T>(value: T): T;
}

/** Shorter ones would blot out ordinary words. */
const SHORTEST = 3;
const MASK = '****';

/** The spellings in which a secret may turn up: as it is, in a URL, in a form, in base64, inside JSON text. */
function spellings(secret: string): string[] {
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  const base64 = Buffer.from(secret).toString('base64');
  const bare = base64.replace(/=+$/, '');
  return [
    secret,
    encodeURIComponent(secret),
    encodeURI(secret),
    form,
    base64,
    bare,
    JSON.stringify(secret).slice(1, -1),
  ];
}

export function createRedactor(): Redactor {
  let secrets: string[] = [];

  function redactValue(value: unknown): unknown {
    if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value);
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
