// Gives the fields of records names in snake case. Letters with accents become those without, as the reference engine makes them;
// letters of other scripts than Latin stay, where that engine spells them out.
import { SystemError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { component } from '../component.ts';

/** A word, a number, or what stands between them. */
const TOKEN = /\p{Lu}+\p{Ll}*|[\p{Ll}\p{Lo}\p{Lm}]+|\d+|[^\p{L}\d]+/gu;
const WORD = /^[\p{L}\d]/u;

/** Names of columns come again with every record; keys that are data do not. */
const MOST_REMEMBERED = 10_000;

const ligatures: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ł: 'l', ı: 'i' };

const withoutAccents = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđłı]/gi, (letter) => ligatures[letter.toLowerCase()] ?? letter);

/** `Card ID` becomes `card_id`, and `cardID` too; a separator at either end leaves its underscore. */
function snakeCase(name: string): string {
  const tokens = (withoutAccents(name).match(TOKEN) ?? []).map((token) => (WORD.test(token) ? token : ''));
  const words = tokens.filter((token, index) => token !== '' || index === 0 || index === tokens.length - 1);
  const start = /^\d/.test(words[0] ?? '') ? '_' : '';
  return start + words.join('_').toLowerCase();
}

/** Renames in place, objects below objects too. Throws SystemError when two names become one: a value would be lost. */
function rename(record: JsonObject, snakeCaseOf: (name: string) => string): void {
  const entries = Object.entries(record);
  const origins = new Map<string, string>();
  for (const [name] of entries) Reflect.deleteProperty(record, name);
  for (const [name, value] of entries) {
    const key = snakeCaseOf(name);
    const other = origins.get(key);
    if (other !== undefined) {
      throw new SystemError(
        `The fields "${other}" and "${name}" would both become "${key}". Rename or remove one first.`,
      );
    }
    origins.set(key, name);
    if (isJsonObject(value)) rename(value, snakeCaseOf);
    // defineProperty, so that a key named __proto__ is only a key
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  }
}

export default component({
  kind: 'transformation',
  type: 'KeysToSnakeCase',
  summary: 'Gives the fields of every record, and of the objects in them, names in snake case.',
  fields: {},
  examples: [''],
  build() {
    const known = new Map<string, string>();

    function remembered(name: string): string {
      const key = known.get(name) ?? snakeCase(name);
      if (known.size >= MOST_REMEMBERED) known.clear();
      known.set(name, key);
      return key;
    }
    return { transform: (record) => rename(record, remembered) };
  },
});
