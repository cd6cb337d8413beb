// All cases that hold.
import type { Case } from '../case.ts';
import { details } from './details.ts';
import { origins } from './origins.ts';
import { processes } from './process.ts';
import { retries } from './retries.ts';
import { secrets } from './secrets.ts';
import { sessions } from './sessions.ts';
import { values } from './values.ts';
import { wrongReplies } from './wrong-replies.ts';

export const cases: Case[] = [
  ...sessions,
  ...retries,
  ...wrongReplies,
  ...details,
  ...origins,
  ...secrets,
  ...values,
  ...processes,
];
