// How two texts differ, line by line: "-" what was expected, "+" what came, and a little of what is around.

const CONTEXT = 2;
/** The rest of a long difference tells nothing more. */
const MOST_LINES = 60;

/** Length of the longest common part of the lines from each place on. */
function commonLengths(expected: readonly string[], actual: readonly string[]): number[][] {
  const lengths = expected.map(() => new Array<number>(actual.length + 1).fill(0));
  lengths.push(new Array<number>(actual.length + 1).fill(0));
  for (let i = expected.length - 1; i >= 0; i -= 1) {
    for (let j = actual.length - 1; j >= 0; j -= 1) {
      const [row = [], below = []] = [lengths[i], lengths[i + 1]];
      row[j] = expected[i] === actual[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return lengths;
}

function* marked(expected: readonly string[], actual: readonly string[]): Generator<string> {
  const lengths = commonLengths(expected, actual);
  let [i, j] = [0, 0];
  while (i < expected.length || j < actual.length) {
    if (i < expected.length && j < actual.length && expected[i] === actual[j]) {
      yield `  ${expected[i++] ?? ''}`;
      j += 1;
    } else if (
      j === actual.length ||
      (i < expected.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0))
    ) {
      yield `- ${expected[i++] ?? ''}`;
    } else yield `+ ${actual[j++] ?? ''}`;
  }
}

/** The lines that differ, with two lines around each. */
export function lineDiff(expected: string, actual: string): string {
  const [before, after] = [expected.split('\n'), actual.split('\n')];
  // What is equal at both ends is cut off first: the comparison takes the product of the lengths.
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const lines = [
    ...before.slice(0, start).map((line) => `  ${line}`),
    ...marked(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((line) => `  ${line}`),
  ];
  const isNear = (index: number): boolean =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some((line) => !line.startsWith('  '));
  const shown = lines
    .map((line, index) => (isNear(index) ? line : undefined))
    .filter((line, index, all) => line !== undefined || index === 0 || all[index - 1] !== undefined)
    .map((line) => line ?? '  …');
  const more = shown.length - MOST_LINES;
  return (more > 0 ? [...shown.slice(0, MOST_LINES), `  … and ${more} lines more`] : shown).join('\n');
}
