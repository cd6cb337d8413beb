// Cases that state a promise which does not hold yet, with the reason. A case that holds has to move into the table.
import { type Case, HTML, onLogin } from '../case.ts';

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
];
