// AssemblyScript: where things lie in the memory that is shared with ../json-value.ts.

// The state of the value that is walked through, then a bit for each open container, then the chunk.
export const AT_STATE: usize = 0;
export const AT_DEPTH: usize = 4;
/** Inside a string: 1 when it is a key. */
export const AT_IS_KEY: usize = 8;
/** Inside an escape or a literal: the bytes still to come. */
export const AT_LEFT: usize = 12;
/** Inside a literal: the bytes still to come, the next one lowest. */
export const AT_WORD: usize = 16;
export const AT_HAS_BREAK: usize = 20;
/** What is wrong, if anything: an index of the messages in ../json-value.ts. */
export const AT_PROBLEM: usize = 24;
export const CONTAINERS: usize = 64;
export const MOST_DEPTH: i32 = 16384;
export const CHUNK: usize = 4096;
/** After the longest chunk, and what is read past its end. */
export const MEMBERS: usize = CHUNK + 1024 * 1024 + 4096;
export const MOST_MEMBERS: i32 = 4096;
