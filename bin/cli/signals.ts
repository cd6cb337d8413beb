// Ends the process as a signal would have ended it, once there has been time to end in good order.
export type StopSignal = 'SIGTERM' | 'SIGINT';

/** Dies by the signal; as PID 1, where that cannot be, exits with 128 + its number. */
export function dieBy(signal: StopSignal): void {
  if (process.pid === 1) process.exit(signal === 'SIGTERM' ? 143 : 130);
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}
