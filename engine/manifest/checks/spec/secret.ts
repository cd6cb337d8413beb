// Whether what looks like a secret is marked as one.
import type { JsonObject } from '../../../text/json.ts';
import { typesOf } from '../subschemas.ts';
import { specCheck } from './spec-check.ts';

const NAMES = [
  ...['access_token', 'api_token', 'certificate', 'client_secret', 'client_token', 'credentials', 'jwt', 'key'],
  ...['password', 'refresh_token', 'secret', 'service_account', 'service_account_info', 'token'],
];
const SUFFIXES = /(_token|_secret|password|api_?key|secret_key|private_key|access_key)$/;

const inSnakeCase = (name: string): string =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_');

/** An access key beside a secret is the public half of a pair. */
function looksSecret(name: string, siblings: readonly string[]): boolean {
  const plain = inSnakeCase(name);
  if (NAMES.includes(plain)) return true;
  if (!SUFFIXES.test(plain)) return false;
  if (!plain.endsWith('access_key') || plain.endsWith('secret_access_key')) return true;
  const others = siblings.filter((other) => other !== name).map(inSnakeCase);
  return !others.some((other) => other === 'secret' || /(_secret|secret_key)$/.test(other));
}

const canBeSecret = (node: JsonObject): boolean =>
  !('const' in node) && typesOf(node).some((type) => ['string', 'integer', 'number'].includes(type));

export const specSecret = specCheck(
  'spec-secret',
  {
    severity: 'error',
    summary: 'A secret of the spec is not marked, or something is marked that cannot be one.',
    help: 'airbyte_secret: true hides a value in the form and in logs. airbyte_secret: false says that a value with such a name is none.',
  },
  function* ({ node, pointer, property, siblings = [] }) {
    if (property === undefined) return;
    const mark = node['airbyte_secret'];
    const at = `${pointer}/airbyte_secret`;
    if (mark !== undefined && typeof mark !== 'boolean') {
      yield { at, message: `airbyte_secret of "${property}" is ${JSON.stringify(mark)}, but has to be true or false` };
    } else if (mark === true && !canBeSecret(node)) {
      yield {
        at,
        message: `"${property}" is marked as a secret, but only text and numbers that are not constant can be one`,
      };
    } else if (mark === undefined && canBeSecret(node) && looksSecret(property, siblings)) {
      yield {
        at: pointer,
        of: 'key',
        message: `"${property}" looks like a secret and is not marked as one`,
        hint: 'Add "airbyte_secret: true", or false if it is none.',
      };
    }
  },
);
