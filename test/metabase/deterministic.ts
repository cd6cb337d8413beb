// Numbers, ids and moments that depend on a seed and an index alone, so that row 99,999 needs no row before it.

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const ID_LENGTH = 21;

/** A well-mixed unsigned 32-bit number (the finalizer of MurmurHash3). */
export function hash(seed: number, salt: number, index: number): number {
  let mixed = (seed ^ Math.imul(salt + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A 21-character NanoID, as Metabase gives as `entity_id`. */
export function entityId(seed: number, salt: number, index: number): string {
  let id = '';
  let bits = 0;
  for (let position = 0; position < ID_LENGTH; position++) {
    if (position % 5 === 0) bits = hash(seed, salt + position, index);
    id += ID_ALPHABET.charAt(bits & 63);
    bits >>>= 6;
  }
  return id;
}

export function uuid(seed: number, salt: number, index: number): string {
  const words = [0, 1, 2, 3].map((word) =>
    hash(seed, salt * 4 + word, index)
      .toString(16)
      .padStart(8, '0'),
  );
  const digits = words.join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
}
