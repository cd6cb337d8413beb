// What reading costs, in requests to the simulated Metabase.
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { createMetabase, type Metabase } from '../metabase/metabase.ts';
import type { Version } from '../metabase/options.ts';
import { readings, streams, sync } from '../support/simulated-sync.ts';

const names = streams.map(({ name }) => name);

test.each(readings)(
  '$who: no GET is sent twice, and there is one login and one logout',
  async ({ credentials, options }) => {
    const metabase = createMetabase(options);
    await sync(metabase, credentials, names);
    const gets = metabase.log.filter(({ method }) => method === 'GET').map(({ path }) => path);
    expect(gets.length).toBeGreaterThan(0);
    expect(gets.filter((path, index) => gets.indexOf(path) !== index)).toEqual([]);
    const sessions = 'password' in credentials ? 1 : 0;
    expect(metabase.counters).toMatchObject({ logins: sessions, logouts: sessions, failedLogins: 0, openSessions: 0 });
  },
);

const administrator = createMetabase({ size: 'empty' }).credentials.admin;
const pro = (version: Version): Metabase => createMetabase({ version, edition: 'pro' });
const requestsOf = ({ log }: Metabase): number => log.filter(({ path }) => path !== '/api/session').length;

async function costAlone(name: string, version: Version): Promise<string> {
  const metabase = pro(version);
  const outcome = (await sync(metabase, administrator, [name])).get(name);
  return outcome?.status === 'COMPLETE' ? `${requestsOf(metabase)}` : '–';
}

async function costTogether(version: Version): Promise<string> {
  const metabase = pro(version);
  await sync(metabase, administrator, names);
  return `${requestsOf(metabase)}`;
}

// After a change that is meant: npx vitest run test/streams/cost.test.ts -u
test('each stream takes as many requests as cost.md says', async () => {
  const rows = [];
  for (const name of names) rows.push([name, await costAlone(name, '0.58'), await costAlone(name, '0.43')]);
  rows.push(['all in one sync', await costTogether('0.58'), await costTogether('0.43')]);
  const text = [
    '# Cost in requests',
    'How often each stream, read alone by an administrator, asks a simulated Metabase of the Pro edition with 48 cards, 9 dashboards and 2 databases. Login and logout come on top. A dash: that version does not have it.',
    ['| stream | 0.58 | 0.43 |', '| --- | --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n'),
  ].join('\n\n');
  await expect(await format(text, { parser: 'markdown', printWidth: 120 })).toMatchFileSnapshot('cost.md');
});
