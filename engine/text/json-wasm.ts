// The WebAssembly compiled from wasm/json-walk.ts, with the places of its memory. There is one for the whole process.
import { jsonWalk } from '../generated/json-walk.ts';

/** More is not looked at in one call: the bytes are copied into its memory. */
export const MOST_BYTES = 1024 * 1024;
/** Where the bytes go. */
export const BYTES_AT = 4096;
/** Where `members` writes, in 32-bit words. */
export const MEMBERS_AT = (BYTES_AT + MOST_BYTES + 4096) / 4;

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly walk: (from: number, to: number) => number;
  readonly end: () => number;
  readonly members: (to: number) => number;
}

function instantiate() {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(jsonWalk, 'base64')));
  const { memory, ...functions } = exports as Exports;
  return { ...functions, bytes: new Uint8Array(memory.buffer), words: new Int32Array(memory.buffer) };
}

let instance: ReturnType<typeof instantiate> | undefined;

/** Compiled when it is first needed. */
export const jsonWasm = (): ReturnType<typeof instantiate> => (instance ??= instantiate());
