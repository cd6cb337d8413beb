// Details that fail: what the manifest says decides; what is left out is named and counted.
import { ADMIN, as, type Case, on, READER } from '../case.ts';

const gone = (status: number, body = 'Not found.') => ({ status, headers: { 'content-type': 'text/plain' }, body });

export const details: Case[] = [
  ...[403, 404, 410].map((status): Case => ({
    name: `a detail that answers ${status} is left out, named and counted`,
    streams: ['dashboards'],
    faults: [on('/api/dashboard/5', gone(status))],
    expect: {
      leftOut: { dashboards: [5] },
      records: { dashboards: 7 },
      requests: 11,
      waits: [],
      logs: ['<api>/dashboard/5 is left out', /dashboards: 7 records, .*1 request left out/],
    },
  })),
  {
    name: 'the first and the last detail are left out',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/1', gone(404)), on('/api/dashboard/9', gone(403, 'No.'))],
    expect: { leftOut: { dashboards: [1, 9] }, requests: 11, logs: ['2 requests left out'] },
  },
  {
    name: 'a detail that the user may not read is left out when the list has it',
    streams: ['dashboards', 'users'],
    config: as(READER),
    faults: [on('/api/dashboard/2', gone(403, "You don't have permissions to do that."))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'COMPLETE', users: 'INCOMPLETE' },
      leftOut: { dashboards: [2] },
      failure: 'config_error',
      message: 'GET <api>/user',
      requests: 10,
    },
  },
  {
    name: 'a detail that answers 400 is an error',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/9', gone(400))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['400 Bad Request', 'GET <api>/dashboard/9'],
      requests: 11,
    },
  },
  {
    name: 'a manifest without such a rule fails on 404',
    streams: ['dashboards'],
    edits: [{ file: 'manifest.yaml', from: 'http_codes: [403, 404, 410]', to: 'http_codes: [410]' }],
    faults: [on('/api/dashboard/9', gone(404))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: '404 Not Found',
      requests: 11,
    },
  },
  {
    name: 'a manifest that leaves out 500 is followed',
    streams: ['dashboards'],
    edits: [{ file: 'manifest.yaml', from: 'http_codes: [403, 404, 410]', to: 'http_codes: [500]' }],
    faults: [on('/api/dashboard/6', { status: 500, body: 'trace' })],
    expect: { leftOut: { dashboards: [6] }, requests: 11, waits: [] },
  },
  {
    name: 'a parent whose id does not fit into a double is asked for by all its digits',
    streams: ['dashboards'],
    metabase: { dashboards: 1 },
    faults: [
      on('/api/dashboard', { rewriteBody: () => '[{"id":9007199254740993}]' }),
      on('/api/dashboard/9007199254740993', { status: 200, body: '{"id":9007199254740993}' }),
    ],
    expect: { data: { dashboards: ['{"id":9007199254740993}'] }, requests: 4 },
  },
  {
    name: 'nothing at all is left of a stream whose every detail is closed: each is named',
    streams: ['dashboards'],
    faults: [{ match: { method: 'GET', path: '/api/dashboard/' }, do: gone(403) }],
    expect: {
      leftOut: { dashboards: [1, 3, 2, 5, 6, 7, 8, 9] },
      requests: 11,
      logs: ['/dashboard/1 is left out', '/dashboard/9 is left out', '8 requests left out'],
    },
  },
  {
    name: 'one request at a time gives the same records in the same order',
    streams: ['dashboards'],
    config: as({ ...ADMIN, concurrency: 1 }),
    expect: { requests: 11 },
  },
  {
    name: '32 requests at a time give the same records in the same order',
    streams: ['dashboards'],
    metabase: { size: 'nested', latencyMs: 5 },
    config: as({ ...ADMIN, concurrency: 32 }),
    faults: [on('/api/dashboard/1', { slowMs: 40, pieceBytes: 1000 })],
    expect: { requests: [150, 210] },
  },
  {
    name: 'a detail that is left out with a body that breaks off is left out',
    streams: ['dashboards'],
    metabase: { gzip: false },
    edits: [
      {
        file: 'manifest.yaml',
        from: '  detail_error_handler:\n    type: DefaultErrorHandler\n',
        to: '  detail_error_handler:\n    type: DefaultErrorHandler\n    max_retries: 0\n',
      },
    ],
    faults: [on('/api/dashboard/5', { status: 404, headers: { 'content-length': '100' }, body: 'Not' })],
    expect: { leftOut: { dashboards: [5] }, requests: 11 },
  },
];
