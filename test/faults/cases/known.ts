// Cases that state a promise which does not hold yet, with the reason. A case that holds has to move into the table.
import type { Case } from '../case.ts';

export const known: { faultCase: Case; reason: string }[] = [
  {
    reason:
      'Metabase counts the refused attempt too: refused with "wait 13 seconds", the next attempt has to come 42 seconds later. ' +
      'Three times the wait, which the manifest takes, is enough only when the last failure was just before.',
    faultCase: {
      name: 'the throttle is waited out once when the wait is short',
      streams: ['cards', 'users'],
      failedLoginsBefore: 10,
      expect: { logins: 1, failedLogins: 1, requests: 5, waits: [[45, 45]], rateLimited: ['cards'] },
    },
  },
];
