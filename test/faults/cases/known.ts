// Cases that state a promise which does not hold yet, with the reason. A case that holds has to move into the table.
import { ADMIN, API_KEY, as, type Case, HTML, on, onLogin } from '../case.ts';

export const known: { faultCase: Case; reason: string }[] = [
  {
    reason:
      'Metabase counts the refused attempt too, so that after "wait 15 seconds" it refuses again and asks for 27 more: ' +
      'the wait it names is too short for whoever has just tried.',
    faultCase: {
      name: 'the throttle is waited out once when the wait is short',
      streams: ['cards', 'users'],
      failedLoginsBefore: 10,
      expect: { logins: 1, failedLogins: 1, requests: 5, waits: [[14, 15]], rateLimited: ['cards'] },
    },
  },
  {
    reason: 'It is a system_error, and asked for once only; the user can mend it, for the URL leads past the API.',
    faultCase: {
      name: 'a login page in place of the login’s reply says to check the URL',
      faults: [onLogin(HTML)],
      expect: {
        exit: 1,
        statuses: { cards: 'INCOMPLETE' },
        failure: 'config_error',
        message: ['The reply to the login has no "id"', '<api>/session', 'text/html', 'Check that the URL'],
        logins: 0,
        requests: [1, 3],
      },
    },
  },
  {
    reason:
      'The message of the manifest’s rule makes the engine read the body, which breaks off, although the status alone has decided.',
    faultCase: {
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
  },
  {
    reason: 'A record that is transformed becomes a JavaScript object, which puts keys like "2" before all others.',
    faultCase: {
      name: 'a transformation keeps the order of keys that are numbers',
      streams: ['databases'],
      faults: [on('/api/database', { rewriteBody: () => '{"data":[{"id":1,"z":1,"10":2,"2":3,"details":{}}]}' })],
      expect: { data: { databases: ['{"id":1,"z":1,"10":2,"2":3}'] }, requests: 3 },
    },
  },
  {
    reason: 'The process exits at once: streams that have STARTED get no INCOMPLETE.',
    faultCase: {
      name: 'an error that nobody catches is one TRACE ERROR and exit 1',
      faults: [on('/api/card', 'hang')],
      config: as({ api_key: API_KEY }),
      env: { FAULTS_THROW_AFTER_MS: '900' },
      expect: {
        exit: 1,
        statuses: { cards: 'INCOMPLETE' },
        failure: 'system_error',
        message: 'thrown where nobody catches it',
        logins: 0,
        requests: 1,
      },
    },
  },
  {
    reason: 'The process exits at once, without the logout.',
    faultCase: {
      name: 'an error that nobody catches does not leave the session open',
      faults: [on('/api/card', 'hang')],
      env: { FAULTS_THROW_AFTER_MS: '900' },
      expect: {
        exit: 1,
        statuses: { cards: 'INCOMPLETE' },
        failure: 'system_error',
        message: 'thrown where nobody catches it',
        requests: 3,
      },
    },
  },
  {
    reason:
      'The error at the end is a system_error whatever the streams failed of, even when all of it is the user’s to mend.',
    faultCase: {
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
  },
];
