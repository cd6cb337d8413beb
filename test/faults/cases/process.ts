// The process: configs and catalogs that are wrong, pipes that close, signals, errors that nobody catches.
import { ADMIN, API_KEY, as, type Case, on, onLogout } from '../case.ts';
import type { FailureType, Text } from '../case.ts';

const wrongConfig = (what: string, config: Case['config'], message: Text[], absent: Text[] = []): Case => ({
  name: `a config that ${what} is one clear error`,
  config: config as NonNullable<Case['config']>,
  expect: {
    exit: 1,
    statuses: {},
    failure: 'config_error',
    errors: 1,
    message,
    absent,
    logins: 0,
    requests: 0,
  },
});

const wrongCatalog = (what: string, catalog: string, message: Text): Case => ({
  name: `a catalog that ${what} is one clear error`,
  catalog,
  expect: { exit: 1, statuses: {}, failure: 'config_error', errors: 1, message, logins: 0, requests: 0 },
});

const stream = (fields: Record<string, unknown>): string => JSON.stringify({ streams: [fields] });

const STOPPED: { failure: FailureType; message: Text } = {
  failure: 'transient_error',
  message: 'The sync was stopped by SIGTERM.',
};

export const processes: Case[] = [
  wrongConfig('is missing', null, ['--config', 'cannot be read', 'config.json', 'Check the path']),
  wrongConfig(
    'is not JSON',
    '{"password": "example-admin-password"',
    ['--config', 'is not JSON', 'config.json'],
    ['example-admin-password'],
  ),
  wrongConfig('is empty', '', ['is not JSON']),
  wrongConfig('is a list', '[]', ['has to be a JSON object']),
  wrongConfig('is null', 'null', ['has to be a JSON object']),
  wrongConfig('has no address', { ...ADMIN }, ['"instance_api_url" is missing']),
  wrongConfig('has an address that is none', { ...ADMIN, instance_api_url: 'metabase.example.com' }, [
    '"instance_api_url"',
  ]),
  wrongConfig('has an empty address', { ...ADMIN, instance_api_url: '' }, ['"instance_api_url"']),
  wrongConfig('wants no requests at a time', as({ ...ADMIN, concurrency: 0 }), ['"concurrency"']),
  wrongConfig('wants 33 requests at a time', as({ ...ADMIN, concurrency: 33 }), ['"concurrency"']),
  wrongConfig('has texts in place of numbers', as({ ...ADMIN, concurrency: '8' }), ['"concurrency"']),
  wrongConfig('has several faults', { api_key: 5, allow_insecure_http: 'yes' }, [
    '"instance_api_url" is missing',
    '"api_key"',
    '"allow_insecure_http"',
  ]),
  {
    name: 'check with a config that is not JSON says FAILED and exits 0',
    verb: 'check',
    config: '{',
    expect: { connection: 'FAILED', message: 'is not JSON', logins: 0, requests: 0 },
  },
  {
    name: 'a config with a byte order mark is read',
    config: '\ufeff{"instance_api_url":"<api>","username":"admin@example.com","password":"example-admin-password"}',
    expect: { requests: 3 },
  },
  {
    name: 'fields that nobody knows do no harm',
    config: as({ ...ADMIN, provider: 'mine', start_date: null }),
    expect: { requests: 3 },
  },
  wrongCatalog('is not JSON', '{', '--catalog'),
  wrongCatalog('has no streams', '{}', 'no list of "streams"'),
  wrongCatalog(
    'names a stream that does not exist',
    stream({ stream: { name: 'kards' }, sync_mode: 'full_refresh' }),
    /There is no stream "kards".*the streams are: cards/,
  ),
  wrongCatalog(
    'asks for an unknown sync mode',
    stream({ stream: { name: 'cards' }, sync_mode: 'sideways' }),
    'sideways',
  ),
  {
    name: 'an incremental sync is read in full with a warning',
    catalog: stream({ stream: { name: 'cards' }, sync_mode: 'incremental' }),
    expect: { requests: 3, logs: ['cannot be read incrementally'] },
  },
  ...[
    '[]',
    '{}',
    '{"cards":{"cursor":null}}',
    '[{"type":"STREAM","stream":{"stream_descriptor":{"name":"cards","namespace":null},"stream_state":null},"global":null}]',
  ].map((state): Case => ({ name: `the state ${state} is accepted`, state, expect: { requests: 3 } })),
  {
    name: 'a state that is a text is one clear error',
    state: '"yesterday"',
    expect: { exit: 1, statuses: {}, failure: 'config_error', errors: 1, message: 'state', logins: 0, requests: 0 },
  },
  {
    name: 'a reader that goes after the first line ends it quietly, and the session is closed',
    streams: ['dashboards', 'cards', 'users'],
    closeAfterLines: 1,
    expect: { logins: [0, 1], requests: [0, 16] },
  },
  {
    name: 'a reader that goes in the middle of a long stream ends it quietly, and the session is closed',
    metabase: { size: 'small', cards: 5000 },
    closeAfterLines: 200,
    expect: { requests: 3 },
  },
  {
    name: 'SIGTERM in the middle of a list: INCOMPLETE, logged out, dead by the signal',
    faults: [on('/api/card', { slowMs: 60_000, pieceBytes: 40_000 })],
    stop: { by: 'SIGTERM', at: '/api/card' },
    expect: {
      exit: 'SIGTERM',
      statuses: { cards: 'INCOMPLETE' },
      ...STOPPED,
      requests: 3,
      withinSeconds: 12,
    },
  },
  {
    name: 'SIGTERM while a detail hangs: INCOMPLETE, logged out, dead by the signal',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/5', 'hang')],
    stop: { by: 'SIGTERM', at: '/api/dashboard/5' },
    expect: {
      exit: 'SIGTERM',
      statuses: { dashboards: 'INCOMPLETE' },
      ...STOPPED,
      requests: [7, 11],
      withinSeconds: 12,
    },
  },
  {
    name: 'SIGTERM while the login hangs: INCOMPLETE, dead by the signal',
    faults: [{ match: { method: 'POST', path: '/api/session' }, do: 'hang' }],
    stop: { by: 'SIGTERM', at: '/api/session' },
    expect: {
      exit: 'SIGTERM',
      statuses: { cards: 'INCOMPLETE' },
      ...STOPPED,
      logins: 0,
      requests: 1,
      withinSeconds: 12,
    },
  },
  {
    name: 'SIGINT in the middle of a list: INCOMPLETE, logged out, dead by the signal',
    faults: [on('/api/card', 'hang')],
    stop: { by: 'SIGINT', at: '/api/card' },
    expect: {
      exit: 'SIGINT',
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: 'stopped by SIGINT',
      requests: 3,
      withinSeconds: 12,
    },
  },
  {
    name: 'SIGTERM as the first process of a container: INCOMPLETE, logged out, exit 143',
    faults: [on('/api/card', 'hang')],
    stop: { by: 'SIGTERM', at: '/api/card', isPid1: true },
    expect: { exit: 143, statuses: { cards: 'INCOMPLETE' }, ...STOPPED, requests: 3, withinSeconds: 12 },
  },
  {
    name: 'SIGTERM when the logout hangs too: dead within ten seconds',
    faults: [on('/api/card', 'hang'), onLogout('hang')],
    stop: { by: 'SIGTERM', at: '/api/card' },
    expect: {
      exit: 'SIGTERM',
      statuses: { cards: 'INCOMPLETE' },
      ...STOPPED,
      logouts: 0,
      openSessions: 1,
      requests: 3,
      withinSeconds: 20,
    },
  },
  {
    name: 'SIGTERM in the middle of a check closes its session',
    verb: 'check',
    faults: [on('/api/user/current', 'hang')],
    stop: { by: 'SIGTERM', at: '/api/user/current' },
    expect: { exit: 'SIGTERM', connection: 'FAILED', message: 'stopped by SIGTERM', requests: 3, withinSeconds: 12 },
  },
  {
    name: 'spec needs nothing',
    verb: 'spec',
    config: null,
    expect: { stdout: '"connectionSpecification"', logins: 0, requests: 0 },
  },
  {
    name: 'an error that nobody catches is one TRACE ERROR and exit 1',
    faults: [on('/api/card', 'hang')],
    config: as({ api_key: API_KEY }),
    stop: { by: 'SIGUSR2', at: '/api/card' },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: 'thrown where nobody catches it',
      logins: 0,
      requests: 1,
    },
  },
  {
    name: 'an error that nobody catches does not leave the session open',
    faults: [on('/api/card', 'hang')],
    stop: { by: 'SIGUSR2', at: '/api/card' },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: 'thrown where nobody catches it',
      requests: 3,
    },
  },
  {
    name: 'the last error is of the kind of the streams’ errors',
    streams: ['cards', 'users'],
    config: as({ ...ADMIN, password: 'not-the-password' }),
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE', users: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'does not accept the user name and password',
      absent: ['"failure_type":"system_error"'],
      logins: 0,
      failedLogins: 1,
      requests: 1,
    },
  },
];
