// Keeps docs/troubleshooting.md true: each text in it is what the user sees when a case of the fault tests causes it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { cases } from '../faults/cases/table.ts';
import { checkBuilt } from '../faults/executable.ts';
import { missingFor } from '../faults/needs.ts';
import { limited } from '../faults/limited.ts';
import { runCase } from '../faults/run-case.ts';

/** The case that causes each failure of the page. */
const CAUSES: Readonly<Record<string, string>> = {
  'Wrong user name or password': 'a rejected login is not repeated for the next stream',
  'Too many failed logins': 'a throttle of 61 seconds is reported with the seconds',
  'Too many failed logins, and the wait was not enough':
    'a throttle that goes on after the wait is reported, and not waited out again',
  'No credentials': 'no credentials at all are the user’s to provide',
  'Dead session token': 'a dead session token alone is the user’s to mend',
  'Wrong or withdrawn API key': 'a refused API key is the user’s to mend',
  'Lack of rights': '403 on a list is the user’s to mend, and other streams go on',
  'A stream that this Metabase does not have': '404 on a list fails at once',
  'Something else answers in place of Metabase': 'HTML in place of a list is an error',
  'Wrong address, or Metabase is down': 'nothing listens at the address',
  'The network drops': 'connections that drop for good are an error of the network',
  'A certificate of your own': 'https with a certificate that nobody knows is refused',
  'Plain http': 'http to another machine is refused before anything is sent',
  'A redirect elsewhere': 'a redirect to another port is not followed',
  'A login that is redirected': 'a login that is redirected says where to, and gives the password to nobody',
  'Credentials inside the address': 'credentials in the address are not printed',
  "The config's path is wrong": 'a config that is missing is one clear error',
  'The config is not JSON': 'a config that is not JSON is one clear error',
  'The config is not an object': 'a config that is a list is one clear error',
  'Fields of the config are wrong': 'a config that has several faults is one clear error',
  'A stream that does not exist': 'a catalog that names a stream that does not exist is one clear error',
  'Metabase asks for a long wait': 'a wait longer than the whole budget is not begun',
  'Metabase has a problem': 'a list that fails with 500 for good is asked for six times',
  'A reply breaks off again and again': 'a list that is cut off for good is INCOMPLETE',
  'A reply changed while it was read again': 'a list that became shorter than what was read already is INCOMPLETE',
  'The sync was stopped': 'SIGTERM while the login hangs: INCOMPLETE, dead by the signal',
  'One dashboard is gone or closed': 'a detail that answers 403 is left out, named and counted',
  'Plain http was allowed':
    'http to another machine is read with a warning when the user allows it, through the proxy of the environment',
  'The session stays open': 'a logout that fails is a warning',
  'An incremental sync was asked for': 'an incremental sync is read in full with a warning',
};

const TIMEOUT_MS = 150_000;
const page = readFileSync(join(import.meta.dirname, '../../docs/troubleshooting.md'), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => /^\| .*`.*\|$/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));
const inTurn = limited(2);

/** A text of the page, with <placeholders> for what differs. */
function patternOf(text: string): RegExp {
  const parts = text.split(/<[^<>]+>/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`, 's');
}

beforeAll(checkBuilt);

test('every failure of the page has its cause here, and the other way round', () => {
  expect(rows.map(([failure]) => failure)).toEqual(Object.keys(CAUSES));
});

for (const [failure = '', text = ''] of rows) {
  const caused = cases.find(({ name }) => name === CAUSES[failure]);
  const cannotRun = caused !== undefined && missingFor(caused) !== undefined;
  test.concurrent(
    `what the page says of "${failure}" is what one sees`,
    { timeout: TIMEOUT_MS, skip: cannotRun },
    async () => {
      if (!caused) throw new Error(`There is no case "${CAUSES[failure] ?? ''}" that causes it.`);
      const { output } = await inTurn(() => runCase(caused));
      const pattern = patternOf(text.replaceAll(/^`|`$/g, ''));
      const seen = [...output.errors.map(({ message }) => message), ...output.logs];
      expect(
        seen.filter((line) => pattern.test(line)),
        `Seen: ${seen.join('\n')}`,
      ).not.toEqual([]);
    },
  );
}
