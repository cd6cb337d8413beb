// Stands in the bundle for node:child_process, which commander loads for verbs that are programs of their own. There are none here,
// and loading it takes a tenth of the time that Node needs to start.

export function spawn(): never {
  throw new Error('No verb is a program of its own.');
}
