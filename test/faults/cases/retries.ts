// Retries: how often, how long, and that nothing comes out twice.
import { ADMIN, as, type Case, on } from '../case.ts';

const jitter = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, index) => [0, 2 ** (index + 1)]);
const DETAIL_RETRIES_ONCE = {
  file: 'manifest.yaml',
  from: '  detail_error_handler:\n    type: DefaultErrorHandler\n',
  to: '  detail_error_handler:\n    type: DefaultErrorHandler\n    max_retries: 1\n',
};
const ONE_SECOND = {
  file: 'manifest.yaml',
  from: '    http_method: GET\n',
  to: '    http_method: GET\n    read_timeout_in_seconds: 1\n',
};
const cardHandler = (lines: string) => ({
  file: 'streams/cards.yaml',
  from: '    path: card\n',
  to: `    path: card\n    error_handler:\n      type: DefaultErrorHandler\n${lines}`,
});

export const retries: Case[] = [
  {
    name: 'a list that fails with 500 is asked for again, later each time',
    faults: [on('/api/card', { status: 500, body: 'trace' }, { times: 3 })],
    expect: { requests: 6, waits: jitter(3), logs: ['3 retries'] },
  },
  {
    name: 'a list that fails with 500 for good is asked for six times',
    streams: ['cards', 'users'],
    faults: [on('/api/card', { status: 500, body: 'trace of the server' })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE', users: 'COMPLETE' },
      failure: 'transient_error',
      message: ['500 Internal Server Error', 'GET <api>/card', 'trace of the server', 'try again later'],
      requests: 9,
      waits: jitter(5),
    },
  },
  ...[408, 502, 504].map((status): Case => ({
    name: `${status} is tried again`,
    faults: [on('/api/card', { status }, { times: 1 })],
    expect: { requests: 4, waits: jitter(1) },
  })),
  ...[429, 503].flatMap((status): Case[] => [
    {
      name: `${status} waits as many seconds as Retry-After says`,
      faults: [on('/api/card', { status, headers: { 'retry-after': '17' } }, { times: 1 })],
      expect: { requests: 4, waits: [17], ...(status === 429 && { rateLimited: ['cards'] }) },
    },
    {
      name: `${status} waits until the date that Retry-After says`,
      faults: [on('/api/card', { status, headers: { 'retry-after': '<in 30 s>' } }, { times: 1 })],
      expect: { requests: 4, waits: [[15, 30]], ...(status === 429 && { rateLimited: ['cards'] }) },
    },
  ]),
  {
    name: 'a Retry-After that is neither seconds nor a date is no answer',
    faults: [on('/api/card', { status: 429, headers: { 'retry-after': 'soon' } }, { times: 1 })],
    expect: { requests: 4, waits: jitter(1), rateLimited: ['cards'] },
  },
  {
    name: 'a Retry-After of zero is obeyed',
    faults: [on('/api/card', { status: 429, headers: { 'retry-after': '0' } }, { times: 1 })],
    expect: { requests: 4, waits: [0], rateLimited: ['cards'] },
  },
  {
    name: 'a Retry-After in the past is no wait',
    faults: [
      on('/api/card', { status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' } }, { times: 1 }),
    ],
    expect: { requests: 4, waits: [0] },
  },
  {
    name: 'a wait longer than the whole budget is not begun',
    faults: [on('/api/card', { status: 429, headers: { 'retry-after': '3600' } })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['429 Too Many Requests', '3600 s away', 'Try again later'],
      requests: 3,
      waits: [],
    },
  },
  {
    name: 'the waits of one request together stay within the budget',
    faults: [on('/api/card', { status: 503, headers: { 'retry-after': '250' } })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['503 Service Unavailable', '250 s away'],
      requests: 5,
      waits: [250, 250],
    },
  },
  {
    name: '429 on a detail limits its stream only',
    streams: ['dashboards', 'cards'],
    faults: [on('/api/dashboard/5', { status: 429, headers: { 'retry-after': '9' } }, { times: 2 })],
    expect: { requests: 14, waits: [9, 9], rateLimited: ['dashboards'] },
  },
  {
    name: '429 on the parents’ list limits the stream that is read',
    streams: ['dashboards'],
    faults: [on('/api/dashboard', { status: 429, headers: { 'retry-after': '9' } }, { times: 1 })],
    expect: { requests: 12, waits: [9], rateLimited: ['dashboards'] },
  },
  ...[400, 405, 418, 451].map((status): Case => ({
    name: `${status} fails at once`,
    faults: [on('/api/card', { status, body: 'because' })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: [`status code ${status}`, 'because'],
      requests: 3,
      waits: [],
    },
  })),
  {
    name: '403 on a list is the user’s to mend, and other streams go on',
    streams: ['users', 'cards'],
    config: as({ username: 'reader@example.com', password: 'example-reader-password' }),
    expect: {
      exit: 1,
      statuses: { users: 'INCOMPLETE', cards: 'COMPLETE' },
      records: { cards: 38, users: 0 },
      failure: 'config_error',
      message: ['403 Forbidden', "You don't have permissions to do that.", 'The credentials lack the right'],
      requests: 4,
    },
  },
  {
    name: '404 on a list fails at once',
    faults: [on('/api/card', { status: 404, body: '"API endpoint does not exist."' })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['404 Not Found', 'API endpoint does not exist.', 'Check the URL'],
      requests: 3,
    },
  },
  {
    name: 'a dropped connection is tried again',
    faults: [on('/api/card', 'drop', { times: 2 })],
    expect: { requests: 5, waits: jitter(2) },
  },
  {
    name: 'connections that drop for good are an error of the network',
    faults: [on('/api/card', 'drop')],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['GET <api>/card got no answer', 'Check the URL and the network'],
      requests: 8,
      waits: jitter(5),
    },
  },
  {
    name: 'a dropped connection in the middle of the details is tried again',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/6', 'drop', { times: 2 }), on('/api/dashboard/9', 'drop', { times: 1 })],
    expect: { requests: 14, logs: ['3 retries'] },
  },
  ...[0, 1, 5000, 100_000, 165_376].map((bytes): Case => ({
    name: `a list cut off after ${bytes} bytes is read again, and no record comes twice`,
    faults: [on('/api/card', { cutAfterBytes: bytes }, { times: 2 })],
    expect: { records: { cards: 45 }, requests: 5, waits: jitter(2) },
  })),
  {
    name: 'a list cut off earlier the second time is read again, and no record comes twice',
    faults: [
      on('/api/card', { cutAfterBytes: 120_000 }, { times: 1 }),
      on('/api/card', { cutAfterBytes: 30_000 }, { times: 1 }),
    ],
    expect: { records: { cards: 45 }, requests: 5, waits: jitter(2) },
  },
  {
    name: 'a list that is cut off for good is INCOMPLETE',
    faults: [on('/api/card', { cutAfterBytes: 100_000 })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      records: { cards: [1, 44] },
      failure: 'transient_error',
      message: ['GET <api>/card', 'broke off part-way'],
      requests: 8,
    },
  },
  {
    name: 'a compressed list that is cut off is read again',
    metabase: { gzip: true },
    faults: [on('/api/card', { cutAfterBytes: 9000 }, { times: 1 })],
    expect: { records: { cards: 45 }, requests: 4 },
  },
  {
    name: 'a list that differs where it was read already is INCOMPLETE',
    faults: [
      on('/api/card', { cutAfterBytes: 120_000 }, { times: 1 }),
      on('/api/card', { rewriteBody: (body) => body.replace('"name":"', '"name":"Changed ') }),
    ],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['GET <api>/card', 'differs in what had been read already', 'Only a new sync can be right'],
      requests: 4,
    },
  },
  {
    name: 'a list that became shorter than what was read already is INCOMPLETE',
    faults: [on('/api/card', { cutAfterBytes: 120_000 }, { times: 1 }), on('/api/card', { rewriteBody: () => '[]' })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: 'differs in what had been read already',
      requests: 4,
    },
  },
  {
    name: 'a detail that is cut off is read again',
    streams: ['dashboards'],
    faults: [on('/api/dashboard/1', { cutAfterBytes: 300 }, { times: 2 })],
    expect: { records: { dashboards: 8 }, requests: 13 },
  },
  {
    name: 'the parents’ list that is cut off is read again, and no detail twice',
    streams: ['dashboards'],
    faults: [on('/api/dashboard', { cutAfterBytes: 5000 }, { times: 2 })],
    expect: { records: { dashboards: 8 }, requests: 13 },
  },
  {
    name: 'a detail that fails with 500 for good makes its stream INCOMPLETE',
    streams: ['dashboards', 'cards'],
    faults: [on('/api/dashboard/6', { status: 500 })],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE', cards: 'COMPLETE' },
      records: { dashboards: [0, 4] },
      failure: 'transient_error',
      message: ['500 Internal Server Error', 'GET <api>/dashboard/6'],
      requests: [14, 17],
    },
  },
  {
    name: 'the manifest’s number of retries wins',
    streams: ['dashboards'],
    edits: [DETAIL_RETRIES_ONCE],
    faults: [on('/api/dashboard/9', { status: 500 })],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: '500 Internal Server Error',
      requests: 12,
      waits: jitter(1),
    },
  },
  {
    name: 'the manifest’s backoff wins over Retry-After',
    edits: [
      cardHandler(
        '      backoff_strategies:\n        - type: ConstantBackoffStrategy\n          backoff_time_in_seconds: 3\n',
      ),
    ],
    faults: [on('/api/card', { status: 503, headers: { 'retry-after': '40' } }, { times: 2 })],
    expect: { requests: 5, waits: [3, 3] },
  },
  {
    name: 'the manifest’s action wins over the status',
    edits: [
      cardHandler(
        '      response_filters:\n        - type: HttpResponseFilter\n          http_codes: [400]\n          action: RETRY\n',
      ),
    ],
    faults: [on('/api/card', { status: 400 }, { times: 2 })],
    expect: { requests: 5, waits: jitter(2) },
  },
  {
    name: 'a server that never sends the first byte is given up and asked again',
    edits: [ONE_SECOND],
    faults: [on('/api/card', 'hang', { times: 1 })],
    expect: { requests: 4, withinSeconds: 30 },
  },
  {
    name: 'a login that never gets its first byte is given up and asked again',
    edits: [ONE_SECOND],
    faults: [{ match: { method: 'POST', path: '/api/session' }, do: 'hang', times: 1 }],
    expect: { requests: 4, withinSeconds: 30 },
  },
  {
    name: 'a body that stops in the middle is given up and asked again',
    edits: [ONE_SECOND],
    faults: [on('/api/card', { slowMs: 60_000, pieceBytes: 2000 }, { times: 1 })],
    expect: { requests: 4, withinSeconds: 30 },
  },
  {
    name: 'a slow body is not given up',
    edits: [ONE_SECOND],
    faults: [on('/api/card', { slowMs: 30, pieceBytes: 4096 })],
    expect: { requests: 3, withinSeconds: 30 },
  },
  {
    name: 'a server that hangs on one detail holds up nothing for ever',
    streams: ['dashboards'],
    edits: [ONE_SECOND],
    faults: [on('/api/dashboard/7', 'hang', { times: 1 })],
    expect: { requests: 12, withinSeconds: 30 },
  },
  {
    name: 'a check that meets a dropped connection tries again',
    verb: 'check',
    faults: [on('/api/user/current', 'drop', { times: 2 })],
    expect: { connection: 'SUCCEEDED', requests: 6, waits: jitter(2) },
  },
  {
    name: 'nothing listens at the address',
    config: { instance_api_url: '<nowhere>/api', ...ADMIN },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['POST <nowhere>/api/session got no answer', 'ECONNREFUSED', 'Check the URL and the network'],
      logins: 0,
      requests: 0,
      waits: jitter(5),
    },
  },
];
