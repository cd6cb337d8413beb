// Every error the engine throws, grouped by what its catcher should do. Problems of a manifest are diagnostics, not errors.

/** Whose problem it is, in the words of the Airbyte protocol (AirbyteErrorTraceMessage.failure_type). */
export type FailureType = 'config_error' | 'transient_error' | 'system_error';

export interface ErrorDetails extends ErrorOptions {
  /** Facts for the log, not for the user. */
  internalMessage?: string | undefined;
}

/** Base of all errors of ours: `message` is for the user and says what to do next. */
export abstract class EngineError extends Error {
  abstract readonly failureType: FailureType;
  readonly internalMessage: string | undefined;

  constructor(message: string, { internalMessage, ...options }: ErrorDetails = {}) {
    super(message, options);
    this.internalMessage = internalMessage;
  }
}

/** The user can mend it: tell them what to change. */
export class ConfigError extends EngineError {
  override readonly name = 'ConfigError' as const;
  readonly failureType = 'config_error' as const;
}

/** One of these: the server keeps a stream from the credentials of the config. */
export class RefusedError extends ConfigError {}

/** It may work later: try again. */
export class TransientError extends EngineError {
  override readonly name = 'TransientError' as const;
  readonly failureType = 'transient_error' as const;
}

/** The body of a reply broke off part-way: the reply can be asked for again. */
export class BrokenReplyError extends EngineError {
  override readonly name = 'BrokenReplyError' as const;
  readonly failureType = 'transient_error' as const;
}

/** Our fault, the manifest's or the server's: someone has to look at it. */
export class SystemError extends EngineError {
  override readonly name = 'SystemError' as const;
  readonly failureType = 'system_error' as const;
}

const classes = { config_error: ConfigError, transient_error: TransientError, system_error: SystemError };

/** An error of the class that `failureType` names. */
export function errorOf(failureType: FailureType, message: string, details?: ErrorDetails): EngineError {
  return new classes[failureType](message, details);
}

/** What was thrown, as one of ours: a foreign error becomes a SystemError that keeps it as its cause. */
export function asEngineError(thrown: unknown): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new SystemError(`Something went wrong inside the engine: ${message}`, { cause: thrown });
}
