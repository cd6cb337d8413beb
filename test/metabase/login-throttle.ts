// The login throttle: ten failures are free, then each attempt costs a longer wait, attempts made too early included.

const FREE_ATTEMPTS = 10;
const FIRST_WAIT_MS = 15_000;
const EXPONENT = 1.5;
const MEMORY_MS = 3_600_000;

export type LoginThrottle = {
  /** The words of the refusal, or null when the password may be looked at. */
  refusal: (username: string) => string | null;
  recordFailure: (username: string) => void;
  reset: () => void;
};

export function makeLoginThrottle(now: () => number): LoginThrottle {
  const failures = new Map<string, number[]>();
  const recent = (username: string) => (failures.get(username) ?? []).filter((at) => now() - at < MEMORY_MS);
  const recordFailure = (username: string) => {
    failures.set(username, [...recent(username), now()]);
  };
  return {
    recordFailure,
    refusal: (username) => {
      const attempts = recent(username);
      const over = attempts.length + 1 - FREE_ATTEMPTS;
      const last = attempts.at(-1);
      if (over <= 0 || last === undefined) return null;
      const waitMs = FIRST_WAIT_MS * over ** EXPONENT - (now() - last);
      if (waitMs <= 0) return null;
      recordFailure(username);
      return `Too many attempts! You must wait ${Math.round(waitMs / 1000)} seconds before trying again.`;
    },
    reset: () => failures.clear(),
  };
}
