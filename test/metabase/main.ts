// The simulator as a command: prints one JSON line that says where it is and how to log in, and serves until it is told to stop.
import { parseArgs } from 'node:util';
import { SIZES, type Edition, type SizeName, type Version } from './options.ts';
import { startMetabase } from './serve.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    size: { type: 'string', default: 'small' },
    version: { type: 'string', default: '0.58' },
    edition: { type: 'string', default: 'oss' },
    cards: { type: 'string' },
    dashboards: { type: 'string' },
    collections: { type: 'string' },
    'latency-ms': { type: 'string', default: '0' },
    gzip: { type: 'boolean', default: false },
    still: { type: 'boolean', default: false },
  },
});

const counts = Object.entries({ cards: values.cards, dashboards: values.dashboards, collections: values.collections });
const given = Object.fromEntries(
  counts.flatMap(([name, count]) => (count === undefined ? [] : [[name, Number(count)]])),
);
const simulator = await startMetabase({
  ...given,
  port: Number(values.port),
  size: choice(values.size, Object.keys(SIZES)) as SizeName,
  version: choice(values.version, ['0.58', '0.43']) as Version,
  edition: choice(values.edition, ['oss', 'pro']) as Edition,
  gzip: values.gzip,
  isStill: values.still,
  latencyMs: Number(values['latency-ms']),
});
const { url, apiUrl, credentials } = simulator;
process.stdout.write(`${JSON.stringify({ url, apiUrl, ...credentials.admin, ...credentials })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close());
// For programs that count requests: what was asked since the last time, as one JSON line.
process.on('SIGUSR2', () => {
  const requests = simulator.log.splice(0).map(({ method, path }) => `${method} ${path}`);
  process.stdout.write(`${JSON.stringify({ requests })}\n`);
});

function choice(value: string, allowed: string[]): string {
  if (allowed.includes(value)) return value;
  throw new Error(`Unknown value "${value}"; use one of ${allowed.join(', ')}.`);
}
