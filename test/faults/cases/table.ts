// All cases that hold.
import type { Case } from '../case.ts';
import { retries } from './retries.ts';
import { sessions } from './sessions.ts';
import { wrongReplies } from './wrong-replies.ts';

export const cases: Case[] = [...sessions, ...retries, ...wrongReplies];
