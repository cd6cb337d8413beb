// What `npm run test:clients` prints: a line when a client has ended, a table at the end.
import type { Client, Result } from '../client.ts';

export interface EndedClient {
  readonly client: Client;
  readonly result: Result;
  readonly seconds: number;
}

function noteOf(result: Result): string {
  if (result.status === 'passed') return result.note;
  return result.status === 'skipped' ? result.why : 'the output above says why';
}

/** What is said of a client as soon as it has ended, with the output of one that failed. */
export function line({ client: { name, shows }, result, seconds }: EndedClient): string {
  const head = `${result.status.padEnd(8)}${name} (${seconds.toFixed(1)} s): ${shows}`;
  return result.status === 'failed' ? `${head}\n\n${result.output.replaceAll(/^/gm, '  ')}\n` : head;
}

/** The table of all that ran, and how many ended how. */
export function report(ended: readonly EndedClient[]): string {
  const width = Math.max(0, ...ended.map(({ client }) => client.name.length)) + 2;
  const rows = ended.map(({ client, result, seconds }) =>
    `${client.name.padEnd(width)}${result.status.padEnd(9)}${seconds.toFixed(1).padStart(6)} s  ${noteOf(result)}`.trimEnd(),
  );
  const count = (status: Result['status']): string =>
    `${ended.filter(({ result }) => result.status === status).length} ${status}`;
  return ['', ...rows, '', `${count('passed')}, ${count('skipped')}, ${count('failed')}`].join('\n');
}
