// Walks through one JSON value in chunks cut anywhere and checks it against the grammar (RFC 8259), without making a value of it.
// The walk itself is WebAssembly, compiled from wasm/json-walk.ts: it takes the inside of strings 16 bytes at a time.
import { BYTES_AT, jsonWasm } from './json-wasm.ts';

/** More is not walked through at once: the chunk is copied into the memory of the WebAssembly. */
export const MOST_CHUNK_BYTES = 64 * 1024;

export interface ValueWalker {
  /** Takes the chunk that the next walks go through, of at most MOST_CHUNK_BYTES. */
  load(chunk: Uint8Array): void;
  /** A value begins at the next byte. */
  start(): void;
  /** Walks on from a place in the chunk; returns the place after the value, or the chunk's end. Throws JsonProblem. */
  walk(from: number): number;
  /** The document is over: ends a number that only its end ends. Throws JsonProblem when the value is cut off. */
  end(): void;
  isDone(): boolean;
  /** True when line breaks stand between the value's tokens. */
  hasLineBreak(): boolean;
}

/** What is wrong with a value, and at which place of its chunk. */
export class JsonProblem extends SyntaxError {
  readonly at: number;
  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

// As wasm/json-walk.ts has them: its memory, its states, its problems.
const [STATE, DEPTH, HAS_BREAK, PROBLEM] = [0, 1, 5, 6];
const CONTAINERS_AT = 64;
const [DONE, VALUE] = [0, 1];
const PROBLEMS = [
  '',
  'no value where one has to be',
  'no key',
  'no colon',
  'no comma',
  'a bracket that closes nothing',
  'a control character inside a text',
  'an escape that does not exist',
  'a word that is no value',
  'a number that is none',
  'more than 16384 values inside one another',
];

/** Puts aside the state of the walker whose state is in the memory, which all of them share. */
let putAside: (() => void) | undefined;

export function valueWalker(): ValueWalker {
  const { walk, end, bytes, words } = jsonWasm();
  /** The state while another walker has the memory. */
  let state = new Uint8Array(CONTAINERS_AT);
  let length = 0;

  const keepState = (): void => {
    state = bytes.slice(0, CONTAINERS_AT + Math.ceil((words[DEPTH] as number) / 8));
  };
  const takeMemory = (): void => {
    if (putAside === keepState) return;
    putAside?.();
    bytes.set(state);
    putAside = keepState;
  };

  return {
    load(chunk) {
      takeMemory();
      bytes.set(chunk, BYTES_AT);
      ({ length } = chunk);
    },
    start() {
      words[STATE] = VALUE;
      words[HAS_BREAK] = 0;
    },
    walk(from) {
      const to = walk(from, length);
      const problem = words[PROBLEM] as number;
      if (problem !== 0) throw new JsonProblem(PROBLEMS[problem] as string, to);
      return to;
    },
    end() {
      takeMemory();
      if (end() === 0) throw new JsonProblem('the end of the document in the middle of it', length);
    },
    isDone: () => words[STATE] === DONE,
    hasLineBreak: () => words[HAS_BREAK] !== 0,
  };
}
