// What the speed has to be, as ratios between programs in one run on one machine, and whether it is.
import { type CaseResult, find, ratioText, type Summary } from './results.ts';

export interface Goal {
  readonly measure: string;
  readonly goal: string;
  /** As many digits as are worth reading; undefined where something needed was not run. */
  readonly measured: string | undefined;
  readonly isMet: boolean | undefined;
}

type Figure = 'wallS' | 'cpuS' | 'peakMib' | 'requests';

export function goalsOf(results: readonly CaseResult[]): Goal[] {
  const ours = (name: string) => find(results, name, 'source-metabase');
  /** Ours with the reference's manifest: then both do the same. */
  const same = (name: string) => find(results, name, 'same manifest');
  const reference = (name: string) => find(results, name, 'reference');

  /** Ours divided by another's, at most a limit. */
  const ratio = (
    measure: string,
    one: Summary | undefined,
    other: Summary | undefined,
    figure: Figure,
    limit: number,
  ): Goal => {
    const value = one && other && one[figure] / other[figure];
    return {
      measure,
      goal: limit < 1 ? `at most 1/${Math.round(1 / limit)}` : `at most ${limit}`,
      measured: value === undefined ? undefined : ratioText(value),
      isMet: value === undefined ? undefined : value <= limit,
    };
  };
  const floor = find(results, 'cards-100k', 'floor');
  const [large, huge] = [same('cards-100k'), same('cards-1gb')];
  const [empty, many] = [ours('check-empty'), ours('check-500')];
  const sync = ours('sync');
  const validate = ours('validate-own');

  return [
    ratio('`spec`: wall against `node -e 0`', ours('spec'), find(results, 'spec', 'node -e 0'), 'wallS', 2.5),
    ratio(
      '`discover`: wall against `node -e 0`',
      ours('discover'),
      find(results, 'discover', 'node -e 0'),
      'wallS',
      2.5,
    ),
    ratio('`spec`: wall against the reference’s discover', ours('spec'), reference('discover'), 'wallS', 1 / 15),
    ratio(
      '`discover`: wall against the reference’s discover',
      ours('discover'),
      reference('discover'),
      'wallS',
      1 / 15,
    ),
    {
      measure: '`validate` of our manifest, after a key stroke in one of its files',
      goal: 'below 300 ms',
      measured: validate && `${(1000 * validate.wallS).toFixed(0)} ms`,
      isMet: validate && validate.wallS < 0.3,
    },
    ratio('100,000 cards: CPU against the floor', large, floor, 'cpuS', 1.5),
    ratio('the same with archived cards and SQL, as our manifest says', ours('cards-100k'), floor, 'cpuS', 1.5),
    ratio('100,000 cards: CPU against the reference', large, reference('cards-100k'), 'cpuS', 1 / 8),
    ratio('100,000 cards: wall against the reference', large, reference('cards-100k'), 'wallS', 1 / 8),
    {
      measure: 'peak memory at 100,000 cards and at 1 GB',
      goal: 'at most 150 MiB',
      measured: large && huge && `${large.peakMib.toFixed(0)} and ${huge.peakMib.toFixed(0)} MiB`,
      isMet: large && huge && Math.max(large.peakMib, huge.peakMib) <= 150,
    },
    {
      measure: 'difference between these two',
      goal: 'at most 10%',
      measured: large && huge && `${(100 * Math.abs(huge.peakMib / large.peakMib - 1)).toFixed(0)}%`,
      isMet: large && huge && Math.abs(huge.peakMib / large.peakMib - 1) <= 0.1,
    },
    ratio('2,000 dashboards: wall against the reference', same('dashboards'), reference('dashboards'), 'wallS', 1 / 5),
    ratio('the same, found as our manifest does', ours('dashboards'), reference('dashboards'), 'wallS', 1 / 5),
    {
      measure: 'requests in a sync of all streams',
      goal: 'one login, one logout, no URL twice',
      measured: sync && `${sync.logins} login, ${sync.logouts} logout, ${sync.repeated} URLs asked again`,
      isMet: sync && sync.logins === 1 && sync.logouts === 1 && sync.repeated === 0,
    },
    {
      measure: '`check` on 500 collections',
      goal: 'as many requests as on an empty instance',
      measured: empty && many && `${many.requests} and ${empty.requests}`,
      isMet: empty && many && many.requests === empty.requests,
    },
  ];
}
