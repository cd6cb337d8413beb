// What `npm start` cannot go on from: said to the user without a stack trace.

/** Its message says what failed and what to do next. */
export class Failure extends Error {
  override name = 'Failure' as const;
}
