// What can be asked of the simulator, and the sizes that have a name. Every count can be given apart from the size.
import type { Fault } from './faults.ts';

export type Version = '0.58' | '0.43';
export type Edition = 'oss' | 'pro';
export type SizeName = keyof typeof SIZES;
export type Counts = (typeof SIZES)['small'];

export type MetabaseOptions = {
  /** Named set of counts: `empty`, `small` (default), `nested` or `large`. */
  size?: SizeName;
  /** The release whose paths, shapes and errors are spoken. */
  version?: Version;
  /** Whether it has what only Pro and Enterprise have: usage analytics, transforms, cache policies; `oss` unless told. */
  edition?: Edition;
  /** Saved questions, models and metrics, archived ones included. */
  cards?: number;
  /** Dashboards, archived ones included. */
  dashboards?: number;
  /** Ordinary collections beside the thirteen that every instance but an empty one has. */
  collections?: number;
  /** How deep those collections nest: 20 of depth 20 are one chain, 20 of depth 1 lie side by side. */
  collectionDepth?: number;
  /** People beside the four of the recordings; one in ten is deactivated. */
  users?: number;
  /** Groups beside Administrators, All Users and Analysts. */
  groups?: number;
  /** Native query snippets, archived ones included. */
  snippets?: number;
  /** Documents, archived ones included; 0.43 has none. */
  documents?: number;
  /** Databases; the first is the sample database. */
  databases?: number;
  /** False: `GET /api/dashboard` is missing, as on some 0.48 (T); one dashboard is there as ever. */
  hasDashboardList?: boolean;
  /** Rows of each usage log, in the `pro` edition. */
  usageRows?: number;
  /** Same seed, same content. */
  seed?: number;
  /** The clock, in milliseconds: sessions, the login throttle and `last_login` go by it. */
  now?: () => number;
  /** How `latencyMs` and slow faults wait. */
  sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Nothing moves by itself: the clock stands, and looking at a dashboard is not counted. Two reads give the same. */
  isStill?: boolean;
  /** Life of a session from its login; fourteen days unless told. */
  sessionTtlMs?: number;
  /** Wait before each reply. */
  latencyMs?: number;
  /** Compress replies for clients that accept it. */
  gzip?: boolean;
  /** Faults to begin with; more can be pushed onto `faults` at any time. */
  faults?: Fault[];
};

export type Settings = Counts & {
  size: SizeName;
  version: Version;
  hasDashboardList: boolean;
  edition: Edition;
  seed: number;
  now: () => number;
  sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  isStill: boolean;
  sessionTtlMs: number;
  latencyMs: number;
  gzip: boolean;
};

const DAY_MS = 86_400_000;

export const SIZES = {
  empty: {
    cards: 0,
    dashboards: 0,
    collections: 0,
    collectionDepth: 1,
    users: 0,
    groups: 0,
    snippets: 0,
    documents: 0,
    databases: 0,
    usageRows: 0,
  },
  small: {
    cards: 48,
    dashboards: 9,
    collections: 6,
    collectionDepth: 3,
    users: 8,
    groups: 2,
    snippets: 8,
    documents: 6,
    databases: 2,
    usageRows: 40,
  },
  nested: {
    cards: 400,
    dashboards: 200,
    collections: 20,
    collectionDepth: 20,
    users: 20,
    groups: 5,
    snippets: 20,
    documents: 20,
    databases: 3,
    usageRows: 40,
  },
  large: {
    cards: 100_000,
    dashboards: 2_000,
    collections: 2_000,
    collectionDepth: 10,
    users: 5_000,
    groups: 100,
    snippets: 1_000,
    documents: 500,
    databases: 20,
    usageRows: 50_000,
  },
};

export function settingsFrom(options: MetabaseOptions): Settings {
  const size = options.size ?? 'small';
  if (!Object.hasOwn(SIZES, size)) {
    throw new Error(`Unknown size "${size}"; use one of ${Object.keys(SIZES).join(', ')}.`);
  }
  const defaults = {
    size,
    version: '0.58' as const,
    hasDashboardList: true,
    edition: 'oss' as const,
    seed: 1,
    now: options.isStill ? standingClock() : Date.now,
    sleep: sleepFor,
    isStill: false,
    sessionTtlMs: 14 * DAY_MS,
    latencyMs: 0,
    gzip: false,
  };
  return { ...SIZES[size], ...defaults, ...options };
}

function standingClock(): () => number {
  const startedAt = Date.now();
  return () => startedAt;
}

function sleepFor(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish);
  });
}
