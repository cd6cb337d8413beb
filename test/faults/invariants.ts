// What holds whatever the server does. Each complaint is a sentence; a good run has none.
import type { LoggedRequest } from '../metabase/request-log.ts';
import type { Fault } from '../metabase/faults.ts';
import type { Case, StreamName } from './case.ts';
import type { Ended } from './executable.ts';
import type { Output, StreamRun } from './protocol.ts';
import { secretsFoundIn } from './secrets.ts';
import { idsOf, readersOf } from './truth.ts';

export interface Evidence {
  faultCase: Case;
  streams: readonly StreamName[];
  ended: Ended;
  output: Output;
  log: readonly LoggedRequest[];
  faults: readonly Fault[];
  openSessions: number;
  secrets: readonly string[];
}

export async function complaintsOf(evidence: Evidence): Promise<string[]> {
  const { ended, output, secrets, faultCase } = evidence;
  const isReading = (faultCase.verb ?? 'read') === 'read';
  const isCutShort = faultCase.closeAfterLines !== undefined;
  return [
    ...(isCutShort ? [] : output.complaints),
    ...(ended.stderr === '' ? [] : [`stderr is not empty: ${ended.stderr.slice(0, 500)}`]),
    ...secretsFoundIn(ended.stdout + ended.stderr, secrets).map((secret) => `the secret ${secret} is printed`),
    ...requestComplaints(evidence),
    ...(isReading && !isCutShort ? await readComplaints(evidence) : []),
  ];
}

async function readComplaints({ ended, output, streams, faultCase }: Evidence): Promise<string[]> {
  const complaints: string[] = [];
  const lasts = streams.map((name) => output.streams.get(name)?.statuses.at(-1));
  const areAllComplete = lasts.every((last) => last === 'COMPLETE');
  if ((ended.code === 0) !== areAllComplete) {
    complaints.push(`exit code ${String(ended.code)} and statuses ${lasts.map(String).join(', ')} do not agree`);
  }
  if (!areAllComplete && output.errors.length === 0)
    complaints.push('something is not COMPLETE, and no error says why');
  for (const [name, run] of output.streams) {
    complaints.push(...streamComplaints(run).map((complaint) => `${name}: ${complaint}`));
    const stream = name as StreamName;
    const ids = run.records.map((record) => (JSON.parse(record) as { id?: unknown }).id);
    const isKnown = faultCase.expect.data?.[stream] === undefined;
    if (!isKnown || stream === 'instance_info') continue;
    if (new Set(ids).size < ids.length) complaints.push(`${name}: a record came twice`);
    const leftOut: readonly unknown[] = faultCase.expect.leftOut?.[stream] ?? [];
    const truth = ((await idsOf(stream, faultCase)) ?? []).filter((id) => !leftOut.includes(id));
    const isComplete = run.statuses.at(-1) === 'COMPLETE';
    const due = isComplete ? truth : truth.slice(0, ids.length);
    if (JSON.stringify(ids) !== JSON.stringify(due)) {
      complaints.push(
        `${name}: ${run.statuses.at(-1) ?? 'none'} with ids ${ids.join(' ')}, where there are ${due.join(' ')}`,
      );
    }
  }
  return complaints;
}

function streamComplaints({ order, statuses, records, states, errors }: StreamRun): string[] {
  const complaints: string[] = [];
  const hasRecords = records.length > 0;
  const last = statuses.at(-1);
  const right = [
    'STARTED',
    ...(hasRecords ? ['RUNNING', 'RECORD'] : []),
    ...(last === 'COMPLETE' ? ['STATE', 'COMPLETE'] : ['INCOMPLETE']),
  ];
  if (order.join(' ') !== right.join(' ')) complaints.push(`messages in the order ${order.join(' ')}`);
  if (last === 'COMPLETE' && states[0] !== records.length) complaints.push('recordCount is not the number of records');
  if (last === 'COMPLETE' && errors.length > 0) complaints.push('COMPLETE with an error');
  if (last === 'INCOMPLETE' && errors.length === 0) complaints.push('INCOMPLETE without an error');
  return complaints;
}

/** What a fault answers with a good status is not to be told from a good reply by its status. */
const isDisguised = ({ do: action }: Fault): boolean =>
  typeof action === 'object' && ('rewriteBody' in action || ('status' in action && action.status < 300));

function matches({ match }: Fault, { method, path }: LoggedRequest): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  return typeof match.path === 'string' ? path.startsWith(match.path) : match.path.test(path);
}

function requestComplaints({ log, streams, faults, openSessions, faultCase }: Evidence): string[] {
  const complaints: string[] = [];
  for (const { headers, path } of log) {
    if ('cookie' in headers) complaints.push(`a cookie was sent to ${path}`);
    if ('authorization' in headers) complaints.push(`an Authorization header was sent to ${path}`);
  }
  const gets = log.filter(({ method }) => method === 'GET');
  for (const path of new Set(gets.map((request) => request.path))) {
    const same = gets.filter((request) => request.path === path);
    const failed = same.filter((request) => {
      const isWhole = request.status === 200 && request.endedAt !== null;
      return !isWhole || faults.some((fault) => isDisguised(fault) && matches(fault, request));
    });
    const isRead = (faultCase.verb ?? 'read') === 'read';
    const isValidated =
      path === '/api/user/current' && JSON.stringify(faultCase.config ?? '').includes('session_token');
    const due = (isRead ? readersOf(path, streams) : 1) + (isValidated ? 1 : 0);
    if (same.length - failed.length > due) complaints.push(`${path} was asked for ${same.length} times`);
  }
  const left = faultCase.expect.openSessions ?? 0;
  if (openSessions !== left) complaints.push(`${openSessions} sessions are left open, where ${left} may be`);
  return complaints;
}
