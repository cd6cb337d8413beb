// Finds secrets in what was written: as they are, in a URL, in a form, in base64, inside JSON, and beginnings of them.

/** Shorter ones cannot be told from ordinary words. */
const SHORTEST = 4;
/** So much of the beginning of a secret gives it away. */
const BEGINNING = 10;

function spellings(secret: string): string[] {
  const url = encodeURIComponent(secret);
  const base64 = Buffer.from(secret).toString('base64');
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    url,
    url.toLowerCase(),
    new URLSearchParams({ '': secret }).toString().slice(1),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    secret.slice(0, BEGINNING),
  ];
}

/** The secrets that stand in a text. */
export function secretsFoundIn(text: string, secrets: readonly string[]): string[] {
  return secrets.filter((secret) => secret.length >= SHORTEST && spellings(secret).some((word) => text.includes(word)));
}
