// Loaded into the Node programs that are measured: leaves the peak of the resident memory in a file when the process ends.
// VmHWM and not getrusage: the latter also counts the memory that the parent had when it forked.
import { readFileSync, writeFileSync } from 'node:fs';

process.on('exit', () => {
  const [, kib = '0'] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  writeFileSync(process.env['BENCH_PEAK'] ?? '', kib);
});
