// Secrets: in no output, whatever the server echoes and whatever is logged.
import { ADMIN, API_KEY, as, type Case, JSON_TYPE, on, onLogin } from '../case.ts';

const PASSWORD = 'p@ss "wörd" \\ 100%/+=&';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const echo = (body: string, status = 400) => ({ status, headers: { 'content-type': 'text/plain' }, body });

interface Echo {
  how: string;
  body: string;
}

const ECHOES: Echo[] = [
  { how: 'as it is', body: `login of ${PASSWORD} failed` },
  { how: 'as JSON', body: JSON.stringify({ errors: { password: PASSWORD } }) },
  { how: 'as JSON in ASCII', body: JSON.stringify({ errors: { password: PASSWORD } }).replace('ö', '\\u00f6') },
  { how: 'as JSON inside JSON', body: JSON.stringify({ request: JSON.stringify({ password: PASSWORD }) }) },
  { how: 'URL-encoded', body: `password=${encodeURIComponent(PASSWORD)}` },
  {
    how: 'URL-encoded in lower case',
    body: `password=${encodeURIComponent(PASSWORD).replaceAll(/%../g, (code) => code.toLowerCase())}`,
  },
  { how: 'form-encoded', body: new URLSearchParams({ password: PASSWORD }).toString() },
  { how: 'in base64', body: `sent ${base64(PASSWORD)}` },
  { how: 'in base64 for URLs', body: `sent ${Buffer.from(PASSWORD).toString('base64url')}` },
  { how: 'in base64 behind other text', body: `Basic ${base64(`me:${PASSWORD}`)}` },
  { how: 'in base64 behind the user name', body: `Basic ${base64(`admin@example.com:${PASSWORD}`)}` },
  { how: 'across the end of the excerpt', body: `${'x'.repeat(288)}${PASSWORD}` },
];

export const secrets: Case[] = [
  ...ECHOES.map(({ how, body }): Case => ({
    name: `a login that echoes the password ${how} does not print it`,
    config: as({ ...ADMIN, password: PASSWORD }),
    args: ['--debug'],
    faults: [onLogin(echo(body, 422))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: '422 Unprocessable Entity',
      absent: [
        'wörd',
        'f6rd',
        base64(`me:${PASSWORD}`).slice(0, 30),
        base64(`admin@example.com:${PASSWORD}`).slice(0, 40),
      ],
      logins: 0,
      requests: 1,
    },
  })),
  {
    name: 'a password that the throttle’s words repeat is not printed',
    config: as({ ...ADMIN, password: PASSWORD }),
    faults: [
      onLogin({
        status: 401,
        headers: JSON_TYPE,
        body: JSON.stringify({ errors: { username: `Too many attempts! ${PASSWORD}: You must wait 99 seconds` } }),
      }),
    ],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'Metabase refuses to log in',
      logins: 0,
      requests: 1,
    },
  },
  {
    name: 'an API key that an error echoes is not printed',
    config: as({ api_key: API_KEY }),
    args: ['--debug'],
    faults: [on('/api/card', echo(`no such key ${API_KEY} (${base64(API_KEY)})`))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: 'no such key ****',
      logins: 0,
      requests: 1,
    },
  },
  {
    name: 'a wrong reply that echoes the API key is not printed',
    config: as({ api_key: API_KEY }),
    faults: [on('/api/card', echo(`<html>key=${API_KEY}`, 200))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: ['not what the manifest expects', 'key=****'],
      logins: 0,
      requests: 3,
    },
  },
  {
    name: 'a scalar that is the API key is not printed',
    config: as({ api_key: API_KEY }),
    faults: [on('/api/card', echo(`["${'x'.repeat(45)}${API_KEY}"]`, 200))],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'system_error',
      message: 'not what the manifest expects',
      logins: 0,
      requests: 3,
    },
  },
  {
    name: 'a session token of the user is in no line of --debug',
    config: as({ session_token: '<session>' }),
    args: ['--debug'],
    expect: { logins: 0, requests: 2, openSessions: 1, logs: ['GET <api>/card -> 200 OK'] },
  },
  {
    name: 'a session token from a login is in no line of --debug',
    args: ['--debug'],
    streams: ['dashboards', 'users'],
    expect: { requests: 12, logs: ['POST <api>/session -> 200 OK'] },
  },
  {
    name: 'credentials in the address are not printed',
    config: { instance_api_url: 'https://somebody:hidden-in-address@127.0.0.1:1/api', ...ADMIN },
    args: ['--debug'],
    expect: {
      exit: 1,
      statuses: { cards: 'INCOMPLETE' },
      failure: 'config_error',
      message: 'https://127.0.0.1:1/api/session is configured with a user name or a password before the host',
      absent: ['hidden-in-address'],
      logins: 0,
      requests: 0,
    },
  },
  {
    name: 'a secret of the wrong type is not printed',
    config: as({ ...ADMIN, password: 1234567890123 }),
    expect: {
      exit: 1,
      statuses: {},
      failure: 'config_error',
      message: '"password" must be string',
      absent: ['1234567890123'],
      logins: 0,
      requests: 0,
    },
  },
  {
    name: 'check does not print the password that the server echoes',
    verb: 'check',
    config: as({ ...ADMIN, password: PASSWORD }),
    faults: [onLogin(echo(`bad: ${PASSWORD}`))],
    expect: { connection: 'FAILED', message: 'does not accept', logins: 0, requests: 1 },
  },
];
