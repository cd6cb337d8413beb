// What a case is: how the server behaves and how the executable is run, and what has to come of it. Data only; `run-case.ts` runs it.
// Texts may hold <api>, <url>, <elsewhere>, <proxy>, <https>, <nowhere>, <session>, <folder>, <ca> and <in 30 s>: see `surroundings.ts`.
import type { Fault } from '../metabase/faults.ts';
import type { MetabaseOptions } from '../metabase/options.ts';

export type StreamName =
  'cards' | 'collections' | 'dashboards' | 'users' | 'databases' | 'native_query_snippets' | 'instance_info';

export type FailureType = 'config_error' | 'transient_error' | 'system_error';
export type Text = string | RegExp;
/** A number, or the least and the most that it may be. */
export type Count = number | readonly [number, number];

export interface Expected {
  /** Exit code, or the signal that ended it; 0 unless told. */
  exit?: number | NodeJS.Signals;
  /** Last status of each stream; COMPLETE for all of them unless told. */
  statuses?: Partial<Record<StreamName, 'COMPLETE' | 'INCOMPLETE'>>;
  /** Number of records of some streams. */
  records?: Partial<Record<StreamName, Count>>;
  /** Ids that a complete stream leaves out. */
  leftOut?: Partial<Record<StreamName, readonly number[]>>;
  /** The exact bytes of the records of a stream, when the simulator's truth is not what it sends. */
  data?: Partial<Record<StreamName, readonly string[]>>;
  /** Of the first error. */
  failure?: FailureType;
  /** Parts of the first error's message, or of CONNECTION_STATUS. */
  message?: Text | readonly Text[];
  /** Number of TRACE ERROR messages. */
  errors?: Count;
  connection?: 'SUCCEEDED' | 'FAILED';
  /** Texts of which each stands in some LOG. */
  logs?: readonly Text[];
  /** Texts that stand in no line at all. */
  absent?: readonly Text[];
  stdout?: Text;
  logins?: Count;
  failedLogins?: Count;
  logouts?: Count;
  /** All requests that reached the simulator. */
  requests: Count;
  /** Requests by the path they begin with. */
  requestsTo?: Record<string, Count>;
  /** Sessions that stay open, such as one whose logout the server refuses. */
  openSessions?: number;
  /** Seconds of each wait, in order. */
  waits?: readonly Count[];
  /** Streams that said they were RATE_LIMITED. */
  rateLimited?: readonly StreamName[];
  /** Requests to the other server, and through the proxy. */
  elsewhere?: Count;
  proxied?: Count;
  /** Bodies of the logins. */
  loginBodies?: readonly string[];
  /** The most it may take, in real seconds. */
  withinSeconds?: number;
}

export interface Case {
  /** A sentence about what happens. */
  name: string;
  metabase?: Omit<MetabaseOptions, 'faults' | 'now' | 'sleep'>;
  faults?: readonly Fault[];
  /** All sessions end when a request to this path comes, and each time again up to `times`. */
  sessionsEndAt?: { path: string; times?: number };
  /** Wrong passwords that somebody tried before. */
  failedLoginsBefore?: number;
  verb?: 'spec' | 'check' | 'discover' | 'read';
  streams?: readonly StreamName[];
  /** The whole config; the admin's user name and password unless told. A text is written to the file as it is; null leaves the file out. */
  config?: Readonly<Record<string, unknown>> | string | null;
  /** The text of the configured catalog, in place of one for `streams`. */
  catalog?: string;
  /** The text of a state file, given with --state. */
  state?: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Changes to a copy of the manifest: in which file, what, by what. */
  edits?: readonly { file: string; from: string; to: string }[];
  /** More files of the working folder, which is HOME too. */
  files?: Readonly<Record<string, string>>;
  /** What the other server answers to anything. */
  elsewhere?: { status: number; headers?: Record<string, string>; body?: string };
  /** A signal, when a request to this path comes; SIGUSR2 makes an error that nobody catches. */
  stop?: { by: 'SIGTERM' | 'SIGINT' | 'SIGUSR2'; at: string; isPid1?: boolean };
  /** The reader closes the pipe after so many lines. */
  closeAfterLines?: number;
  expect: Expected;
}

export const ADMIN = { username: 'admin@example.com', password: 'example-admin-password' };
export const READER = { username: 'reader@example.com', password: 'example-reader-password' };
export const API_KEY = 'mb_EXAMPLE-KEY-2';

/** The config of somebody. */
export const as = (credentials: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  instance_api_url: '<api>',
  ...credentials,
});

export const JSON_TYPE = { 'content-type': 'application/json;charset=utf-8' };
export const HTML = {
  status: 200,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: '<!DOCTYPE html><title>Sign in</title>',
};

/** A fault on GET of exactly this path. */
export const on = (path: string, action: Fault['do'], limits: Pick<Fault, 'times' | 'after'> = {}): Fault => ({
  match: { method: 'GET', path: new RegExp(`^${path.replaceAll(/[.?]/g, '\\$&')}$`) },
  do: action,
  ...limits,
});

export const onLogin = (action: Fault['do'], limits: Pick<Fault, 'times' | 'after'> = {}): Fault => ({
  match: { method: 'POST', path: '/api/session' },
  do: action,
  ...limits,
});

export const onLogout = (action: Fault['do'], limits: Pick<Fault, 'times' | 'after'> = {}): Fault => ({
  match: { method: 'DELETE', path: '/api/session' },
  do: action,
  ...limits,
});
