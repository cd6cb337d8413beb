// Where credentials go: to the configured origin only. Redirects, URLs of records, proxies, certificates.
import { ADMIN, API_KEY, as, type Case, JSON_TYPE, on } from '../case.ts';

const redirect = (location: string, status = 302) => ({ status, headers: { location } });
const byDetailUrl = [
  {
    file: 'streams/dashboards.yaml',
    from: 'path: dashboard/{{ stream_partition.id }}',
    to: "path: '{{ stream_partition.id }}'",
  },
  { file: 'streams/dashboards.yaml', from: 'parent_key: id', to: 'parent_key: url' },
];
const listOfUrls = (...urls: string[]) => ({
  status: 200,
  headers: JSON_TYPE,
  body: JSON.stringify(urls.map((url) => ({ url }))),
});

export const origins: Case[] = [
  ...[301, 302, 303, 307, 308].map((status): Case => ({
    name: `a redirect with ${status} within the origin is followed`,
    faults: [on('/api/card', redirect('/api/card/', status))],
    expect: { requests: 4 },
  })),
  {
    name: 'a redirect to another port is not followed',
    elsewhere: { status: 200, headers: JSON_TYPE, body: '[]' },
    faults: [on('/api/card', redirect('<elsewhere>/api/card'))],
    streams: ['cards', 'users'],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE', users: 'COMPLETE' },
      failure: 'config_error',
      message: ['GET <api>/card is redirected to <elsewhere>', 'put it into the config'],
      requests: 4,
      elsewhere: 0,
    },
  },
  {
    name: 'a redirect to another name of the same machine is not followed',
    faults: [on('/api/card', redirect('http://localhost:1/api/card'))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'is redirected to http://localhost:1',
      requests: 3,
    },
  },
  {
    name: 'a detail that redirects to another origin gives it nothing',
    streams: ['dashboards'],
    elsewhere: { status: 200, headers: JSON_TYPE, body: '{"id":6}' },
    faults: [on('/api/dashboard/6', redirect('<elsewhere>/api/dashboard/6'))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'is redirected to <elsewhere>',
      requests: [7, 11],
      elsewhere: 0,
    },
  },
  {
    name: 'a redirect to another origin gives it no API key either',
    config: as({ api_key: API_KEY }),
    elsewhere: { status: 200, headers: JSON_TYPE, body: '[]' },
    faults: [on('/api/card', redirect('<elsewhere>/api/card'))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'is redirected to',
      logins: 0,
      requests: 1,
      elsewhere: 0,
    },
  },
  {
    name: 'a redirect that never ends is an error',
    faults: [on('/api/card', redirect('/api/card'))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['302 Found', 'GET <api>/card'],
      requests: 8,
    },
  },
  {
    name: 'a login that is redirected says where to, and gives the password to nobody',
    elsewhere: { status: 200, headers: JSON_TYPE, body: '{"id":"stolen"}' },
    faults: [{ match: { method: 'POST', path: '/api/session' }, do: redirect('<elsewhere>/api/session', 307) }],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: ['POST <api>/session is redirected to <elsewhere>', 'put it into the config'],
      logins: 0,
      requests: 1,
      elsewhere: 0,
    },
  },
  {
    name: 'a URL that a record brings is not given the credentials of another origin',
    streams: ['dashboards'],
    edits: byDetailUrl,
    elsewhere: { status: 200, headers: JSON_TYPE, body: '{"id":6}' },
    faults: [on('/api/dashboard', listOfUrls('<elsewhere>/api/dashboard/6'))],
    expect: {
      exit: 1,
      statuses: { dashboards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['a request would go to <elsewhere>', 'They are not sent to another address'],
      requests: 3,
      elsewhere: 0,
    },
  },
  {
    name: 'a URL that a record brings of the same origin is read',
    streams: ['dashboards'],
    edits: byDetailUrl,
    faults: [on('/api/dashboard', listOfUrls('dashboard/5', '<api>/dashboard/6'))],
    expect: { leftOut: { dashboards: [1, 3, 2, 7, 8, 9] }, records: { dashboards: 2 }, requests: 5 },
  },
  {
    name: 'https works with a certificate that NODE_EXTRA_CA_CERTS names',
    config: { instance_api_url: '<https>', ...ADMIN },
    env: { NODE_EXTRA_CA_CERTS: '<ca>' },
    expect: { requests: 3 },
  },
  {
    name: 'https with a certificate that nobody knows is refused',
    config: { instance_api_url: '<https>', ...ADMIN },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'transient_error',
      message: ['got no answer', 'self-signed certificate'],
      logins: 0,
      requests: 0,
    },
  },
  {
    name: 'a redirect from https to http is not followed',
    config: { instance_api_url: '<https>', ...ADMIN },
    env: { NODE_EXTRA_CA_CERTS: '<ca>' },
    faults: [on('/api/card', redirect('<api>/card/'), { times: 1 })],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'is redirected to <url>',
      requests: 3,
    },
  },
  {
    name: 'http to another machine is refused before anything is sent',
    config: { instance_api_url: 'http://metabase.example/api', ...ADMIN },
    env: { HTTP_PROXY: '<proxy>' },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: ['http://metabase.example is not https', 'Use an https URL, or allow insecure http'],
      logins: 0,
      requests: 0,
    },
  },
  {
    name: 'a name that only begins like an address of this machine is another machine',
    config: { instance_api_url: 'http://127.0.0.1.example/api', ...ADMIN },
    env: { HTTP_PROXY: '<proxy>' },
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'is not https',
      logins: 0,
      requests: 0,
    },
  },
  {
    name: 'http to another machine is read with a warning when the user allows it, through the proxy of the environment',
    config: { instance_api_url: 'http://metabase.example/api', allow_insecure_http: true, ...ADMIN },
    env: { HTTP_PROXY: '<proxy>' },
    expect: { requests: 3, proxied: [1, 3], logs: ['Credentials travel unencrypted to http://metabase.example'] },
  },
  {
    name: 'HTTPS_PROXY is used',
    config: { instance_api_url: '<https>', ...ADMIN },
    env: { HTTPS_PROXY: '<proxy>', NODE_EXTRA_CA_CERTS: '<ca>' },
    expect: { requests: 3, proxied: [1, 3] },
  },
  {
    name: 'NO_PROXY keeps the proxy out',
    env: { HTTP_PROXY: '<proxy>', NO_PROXY: 'example.com,127.0.0.1' },
    expect: { requests: 3, proxied: 0 },
  },
  {
    name: 'a .netrc is not read, and cookies are not kept',
    files: { '.netrc': 'machine 127.0.0.1 login somebody password else' },
    streams: ['cards', 'users'],
    expect: { requests: 4 },
  },
  ...['<url>', '<url>/', '<url>/api', '<url>/api/', '<url>/api// '].map((url): Case => ({
    name: `the address "${url}" is understood`,
    config: { instance_api_url: url, ...ADMIN },
    expect: { requests: 3 },
  })),
];
