// Many faults at once, by chance: only what holds whatever happens is asserted. SEED=<number> repeats a run.
import { beforeAll, expect, test } from 'vitest';
import type { Fault } from '../metabase/faults.ts';
import { ADMIN, API_KEY, as, type Case, HTML, JSON_TYPE, onLogin, onLogout, type StreamName } from './case.ts';
import { checkBuilt } from './executable.ts';
import { limited } from './limited.ts';
import { runCase } from './run-case.ts';
import { LISTS } from './truth.ts';

/** Every seed that ever failed stays here. */
const SEEDS_THAT_FAILED = [403];
const RUNS = 4;
const TIMEOUT_MS = 120_000;
const STREAMS = Object.keys(LISTS) as StreamName[];

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function caseOf(seed: number): Case {
  const random = randomOf(seed);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const pick = <T>(choices: readonly T[]): T => choices[upTo(choices.length - 1)] as T;
  const path = (): string => pick([...Object.values(LISTS), '/api/user/current', `/api/dashboard/${1 + upTo(40)}`]);
  const action = (): Fault['do'] =>
    pick<() => Fault['do']>([
      () => 'drop',
      () => ({ cutAfterBytes: upTo(20_000) }),
      () => ({ slowMs: upTo(20), pieceBytes: 1 + upTo(8000) }),
      () => ({ status: 429, headers: pick([{}, { 'retry-after': String(upTo(20)) }]) }),
      () => ({ status: 503, headers: pick([{}, { 'retry-after': '<in 30 s>' }]) }),
      () => ({ status: 500, body: `trace with ${ADMIN.password} and ${API_KEY}` }),
      () => ({ status: 401, headers: { 'content-type': 'text/plain' }, body: 'Unauthenticated' }),
      () => HTML,
      () => ({ status: 200, headers: JSON_TYPE, body: pick(['', '{}', '[', '{"error":1}', '[1]', 'null']) }),
    ])();
  const faults = Array.from({ length: 4 + upTo(14) }, (): Fault => {
    const wanted = path();
    const isExact = (given: string): RegExp => new RegExp(`^${given}$`);
    return {
      match: { method: 'GET', path: isExact(wanted) },
      do: action(),
      times: 1 + upTo(pick([1, 2, 7])),
      after: upTo(1),
    };
  });
  if (random() < 0.3) faults.push(onLogin(pick(['drop', { status: 503 }]), { times: 1 + upTo(2) }));
  if (random() < 0.3) faults.push(onLogout(pick(['drop', { status: 502 }]), { times: 1 + upTo(2) }));
  return {
    name: `seed ${seed}`,
    streams: STREAMS.filter(() => random() < 0.8),
    metabase: { dashboards: 10 + upTo(40), cards: upTo(200), gzip: random() < 0.5, latencyMs: upTo(5) },
    faults,
    ...(random() < 0.5 && { sessionsEndAt: { path: path(), times: 1 + upTo(1) } }),
    config: as({ ...(random() < 0.8 ? ADMIN : { api_key: API_KEY }), concurrency: 1 + upTo(31) }),
    expect: { requests: [0, Infinity] },
  };
}

const first = process.env['SEED'] === undefined ? Date.now() % 1_000_000 : Number(process.env['SEED']);
const seeds = new Set([...SEEDS_THAT_FAILED, ...Array.from({ length: RUNS }, (_, index) => first + index)]);
const inTurn = limited(2);

beforeAll(checkBuilt);

for (const seed of seeds) {
  test.concurrent(`what must hold holds under random faults: SEED=${seed}`, { timeout: TIMEOUT_MS }, async () => {
    const { broken } = await inTurn(() => runCase(caseOf(seed)));
    expect(broken.join('\n'), `Repeat it with SEED=${seed} npx vitest run test/faults/random.test.ts`).toBe('');
  });
}
