// Every kind of problem that `validate` names, by its code: SARIF's rules and docs/problems.md are made of it.
import { type Problem, readingProblems } from '../problems.ts';
import { checks } from './checks.ts';

export const problems: Readonly<Record<string, Problem>> = Object.assign(
  {},
  readingProblems,
  ...checks.map((check) => check.problems),
) as Record<string, Problem>;
