// The limit on requests in flight: whoever wants to send takes a slot and gives it back when the reply has been read.

export interface Slot {
  /** Calling it twice does no harm. */
  readonly giveBack: () => void;
  /** The reply has come and waits for its turn to be read: pages that somebody waits for need not wait for it. */
  readonly rest: () => void;
}

export interface Slots {
  /** Waits for a slot, in the order of asking. For a next page, replies at rest do not count. */
  take(isNextPage?: boolean): Promise<Slot>;
}

interface Waiting {
  readonly isNextPage: boolean;
  readonly begin: () => void;
}

export function createSlots(count: number): Slots {
  let [taken, resting] = [0, 0];
  const queue: Waiting[] = [];

  const isFree = (isNextPage: boolean): boolean => taken - (isNextPage ? resting : 0) < count;

  /** Lets those begin that can, in the order of asking. */
  function serve(): void {
    for (let index = 0; index < queue.length;) {
      const waiting = queue[index];
      if (waiting && isFree(waiting.isNextPage)) {
        queue.splice(index, 1);
        taken += 1;
        waiting.begin();
      } else index += 1;
    }
  }

  return {
    async take(isNextPage = false) {
      await new Promise<void>((begin) => {
        queue.push({ isNextPage, begin });
        serve();
      });
      let [isTaken, isResting] = [true, false];
      return {
        giveBack() {
          if (!isTaken) return;
          isTaken = false;
          taken -= 1;
          if (isResting) resting -= 1;
          serve();
        },
        rest() {
          if (!isTaken || isResting) return;
          isResting = true;
          resting += 1;
          serve();
        },
      };
    },
  };
}
