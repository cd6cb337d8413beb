// Loaded into the executable with --import: waits pass a thousand times faster, and are written down. Its clock goes on as if they had
// passed. SIGUSR2 makes an error that nobody catches.
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const { FAULTS_WAITS_FILE: file = '' } = process.env;
const FACTOR = 1000;
const realSleep = timers.setTimeout;
const realNow = Date.now;
let skippedMs = 0;

const note = (line: object): void => appendFileSync(file, `${JSON.stringify(line)}\n`);

Date.now = () => realNow() + skippedMs;
timers.setTimeout = async (delayMs = 0, value, options) => {
  note({ waitMs: delayMs });
  const wakesAt = Date.now() + delayMs;
  const result = await realSleep(delayMs / FACTOR, value, options);
  skippedMs = Math.ceil(Math.max(skippedMs, wakesAt - realNow()));
  note({ skippedMs });
  return result;
};
syncBuiltinESMExports();

process.on('SIGUSR2', () => {
  throw new Error('thrown where nobody catches it');
});
