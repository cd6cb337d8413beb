// Runs a case: surrounds the executable, runs it, and says what is not as it has to be.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRequest } from '../metabase/request-log.ts';
import { ADMIN, as, type Case, type Count, type Expected, type StreamName, type Text } from './case.ts';
import { type Ended, root, runExecutable, type Running } from './executable.ts';
import { complaintsOf } from './invariants.ts';
import { type Output, outputOf } from './protocol.ts';
import { type Surroundings, surround } from './surroundings.ts';

const SECRET_FIELDS = ['password', 'api_key', 'session_token'];
/** Between the request at which a signal is due and the signal. */
const SIGNAL_AFTER_MS = 150;

export interface Result {
  complaints: string[];
  /** Those of the complaints that hold whatever the case expects. */
  broken: string[];
  ended: Ended;
  output: Output;
  log: readonly LoggedRequest[];
  waits: readonly number[];
}

function write(folder: string, name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const PLAIN = join(import.meta.dirname, 'plain');

/**
 * The connector's manifest in a folder of its own, with the changes of a case. The streams are plain ones: what is shown here
 * is what the engine makes of faults, whatever the connector's own streams have become.
 */
function manifestFor(folder: string, edits: NonNullable<Case['edits']>): string {
  const target = join(folder, 'manifest');
  const plain = readdirSync(PLAIN);
  cpSync(PLAIN, join(target, 'streams'), { recursive: true });
  for (const name of ['streams/instance_info.yaml', 'schemas/instance_info.json']) {
    cpSync(join(root, name), join(target, name));
  }
  const streams = [...plain, 'instance_info.yaml'].map((file) => `  - $ref: streams/${file}\n`).join('');
  const own = readFileSync(join(root, 'manifest.yaml'), 'utf8').replace(/^dynamic_streams:\n(?: +.*\n)+/m, '');
  write(target, 'manifest.yaml', own.replace(/^streams:\n(?: +.*\n)+/m, `streams:\n${streams}`));
  for (const { file, from, to } of edits) {
    const path = join(target, file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} has no "${from}", which the case wants to change.`);
    writeFileSync(path, text.replaceAll(from, to));
  }
  return join(target, 'manifest.yaml');
}

const configuredCatalog = (streams: readonly string[]): string =>
  JSON.stringify({
    streams: streams.map((name) => ({
      stream: { name, json_schema: {}, supported_sync_modes: ['full_refresh'] },
      sync_mode: 'full_refresh',
      destination_sync_mode: 'overwrite',
    })),
  });

function argumentsOf(faultCase: Case, streams: readonly string[], { folder, fill }: Surroundings): string[] {
  const { verb = 'read', config = as(ADMIN), catalog, state, args = [], edits = [] } = faultCase;
  const configPath = join(folder, 'config.json');
  if (config !== null) {
    const filled = fill(config);
    write(folder, 'config.json', typeof filled === 'string' ? filled : JSON.stringify(filled));
  }
  return [
    verb,
    ...(verb === 'spec' ? [] : ['--config', configPath]),
    ...(verb === 'read' ? ['--catalog', write(folder, 'catalog.json', catalog ?? configuredCatalog(streams))] : []),
    ...(state === undefined ? [] : ['--state', write(folder, 'state.json', state)]),
    '--manifest',
    manifestFor(folder, edits),
    ...fill(args),
  ];
}

function environmentOf({ env = {} }: Case, { folder, waitsFile, preload, fill }: Surroundings): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    NODE_OPTIONS: `--import=${preload}`,
    FAULTS_WAITS_FILE: waitsFile,
    ...fill(env),
  };
}

/** The texts of the config that have to stay secret. */
function secretsOf(config: unknown): string[] {
  if (typeof config !== 'object' || config === null) return [];
  return SECRET_FIELDS.flatMap((name) => {
    const value = (config as Record<string, unknown>)[name];
    return typeof value === 'string' ? [value] : [];
  });
}

export async function runCase(faultCase: Case): Promise<Result> {
  const streams = faultCase.streams ?? ['cards'];
  const { stop, sessionsEndAt } = faultCase;
  let running: Running | undefined;
  let [ends, signals] = [0, 0];
  const around = await surround(faultCase, (path, simulator) => {
    if (sessionsEndAt && path === sessionsEndAt.path && ends < (sessionsEndAt.times ?? 1)) {
      ends += 1;
      simulator.endSessions();
    }
    if (!stop || path !== stop.at || signals > 0) return;
    signals += 1;
    setTimeout(() => running?.kill(stop.by), SIGNAL_AFTER_MS);
  });
  const { simulator, fill, tokens } = around;
  const { logins, logouts, failedLogins } = simulator.counters;
  try {
    running = runExecutable({
      args: argumentsOf(faultCase, streams, around),
      env: environmentOf(faultCase, around),
      cwd: around.folder,
      closeAfterLines: faultCase.closeAfterLines,
      isPid1: stop?.isPid1,
    });
    const ended = await running.ended;
    const output = outputOf(ended.stdout);
    const counters = {
      logins: simulator.counters.logins - logins,
      logouts: simulator.counters.logouts - logouts,
      failedLogins: simulator.counters.failedLogins - failedLogins,
    };
    const given = secretsOf(fill(faultCase.config ?? as(ADMIN)));
    const evidence = {
      faultCase,
      streams,
      ended,
      output,
      log: simulator.log,
      faults: simulator.faults,
      openSessions: simulator.counters.openSessions,
      secrets: [...given, ...tokens],
    };
    const facts = { ...evidence, counters, around, expect: fill(faultCase.expect) };
    const broken = await complaintsOf(evidence);
    return {
      complaints: [...expectationComplaints(facts), ...broken],
      broken,
      ended,
      output,
      log: simulator.log,
      waits: around.waits(),
    };
  } finally {
    await around.close();
  }
}

interface Facts {
  faultCase: Case;
  expect: Expected;
  streams: readonly StreamName[];
  ended: Ended;
  output: Output;
  log: readonly LoggedRequest[];
  counters: { logins: number; logouts: number; failedLogins: number };
  around: Surroundings;
}

const isWithin = (count: number, wanted: Count): boolean =>
  typeof wanted === 'number' ? count === wanted : count >= wanted[0] && count <= wanted[1];
const written = (wanted: Count): string =>
  typeof wanted === 'number' ? String(wanted) : `${wanted[0]} to ${wanted[1]}`;
const isIn = (text: string, wanted: Text): boolean =>
  typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);

function counted(what: string, count: number, wanted: Count): string[] {
  return isWithin(count, wanted) ? [] : [`${what}: ${count}, where it has to be ${written(wanted)}`];
}

function expectationComplaints(facts: Facts): string[] {
  const { expect, ended, output, log, counters, around } = facts;
  const { exit = 0, logins = 1, requests } = expect;
  const end = ended.signal ?? ended.code;
  const bodies = log.filter(({ method, path }) => method === 'POST' && path === '/api/session').map(({ body }) => body);
  return [
    ...(end === exit ? [] : [`it ended with ${String(end)}, where it has to be ${exit}`]),
    ...counted('logins', counters.logins, logins),
    ...counted('rejected logins', counters.failedLogins, expect.failedLogins ?? 0),
    ...counted('logouts', counters.logouts, expect.logouts ?? logins),
    ...counted('requests', log.length, requests),
    ...Object.entries(expect.requestsTo ?? {}).flatMap(([path, wanted]) =>
      counted(`requests to ${path}`, log.filter((request) => request.path.startsWith(path)).length, wanted),
    ),
    ...counted('requests to the other server', around.requestsElsewhere(), expect.elsewhere ?? 0),
    ...counted('requests through the proxy', around.requestsProxied(), expect.proxied ?? 0),
    ...(expect.waits ? waitComplaints(around.waits(), expect.waits) : []),
    ...(expect.loginBodies && JSON.stringify(bodies) !== JSON.stringify(expect.loginBodies)
      ? [`the logins were ${bodies.join(' ')}`]
      : []),
    ...(expect.withinSeconds === undefined ? [] : counted('seconds', ended.seconds, [0, expect.withinSeconds])),
    ...messageComplaints(output, expect),
    ...(expect.logs ?? []).flatMap((wanted) =>
      output.logs.some((line) => isIn(line, wanted))
        ? []
        : [`no LOG says ${String(wanted)}, but: ${output.logs.join(' | ')}`],
    ),
    ...(expect.absent ?? []).flatMap((text) => (isIn(ended.stdout, text) ? [`${String(text)} is printed`] : [])),
    ...(expect.stdout === undefined || isIn(ended.stdout, expect.stdout)
      ? []
      : [`stdout lacks ${String(expect.stdout)}`]),
    ...streamComplaints(facts),
  ];
}

function waitComplaints(waitsMs: readonly number[], wanted: readonly Count[]): string[] {
  const seconds = waitsMs.map((ms) => ms / 1000);
  const isRight =
    seconds.length === wanted.length && wanted.every((wait, index) => isWithin(seconds[index] ?? -1, wait));
  return isRight ? [] : [`waits of ${seconds.join(', ')} s, where they have to be ${wanted.map(written).join(', ')}`];
}

function messageComplaints({ errors, connection }: Output, expect: Expected): string[] {
  const { failure, message = [], errors: count = failure && !expect.connection ? [1, 9] : 0 } = expect;
  const said = connection ? (connection.message ?? '') : (errors[0]?.message ?? '');
  const wanted: readonly Text[] = typeof message === 'string' || message instanceof RegExp ? [message] : message;
  return [
    ...counted('errors', errors.length, count),
    ...(failure === undefined || connection !== undefined || errors[0]?.failure_type === failure
      ? []
      : [`the first error is a ${errors[0]?.failure_type ?? 'nothing'}, where it has to be a ${failure}`]),
    ...(connection?.status === expect.connection
      ? []
      : [`the connection status is ${connection?.status ?? 'not said'}`]),
    ...wanted.flatMap((text) => (isIn(said, text) ? [] : [`the message lacks ${String(text)}: ${said}`])),
  ];
}

function streamComplaints({ faultCase, expect, streams, output }: Facts): string[] {
  if ((faultCase.verb ?? 'read') !== 'read' || faultCase.closeAfterLines !== undefined) return [];
  const statuses = expect.statuses ?? Object.fromEntries(streams.map((name) => [name, 'COMPLETE']));
  const complaints: string[] = [];
  for (const name of streams) {
    const run = output.streams.get(name);
    const wanted = statuses[name];
    if (run?.statuses.at(-1) !== wanted) {
      complaints.push(
        `${name} is ${run?.statuses.at(-1) ?? 'not started'}, where it has to be ${wanted ?? 'not started'}`,
      );
    }
    const records = expect.records?.[name];
    if (records !== undefined) complaints.push(...counted(`records of ${name}`, run?.records.length ?? 0, records));
    const data = expect.data?.[name];
    if (data && JSON.stringify(run?.records ?? []) !== JSON.stringify(data)) {
      complaints.push(`the records of ${name} are ${run?.records.join('\n') ?? 'none'}`);
    }
    const isLimited = expect.rateLimited?.includes(name) ?? false;
    if ((run?.isRateLimited ?? false) !== isLimited)
      complaints.push(`${name} is ${isLimited ? 'not ' : ''}RATE_LIMITED`);
  }
  return complaints;
}
