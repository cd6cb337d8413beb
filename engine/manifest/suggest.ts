// "Did you mean": the word nearest to the one that was written, if it is near enough to be a slip.
import leven from 'leven';

/** How many slips apart two words are; two neighbouring letters in the wrong order are one. */
function distanceOf(word: string, other: string): number {
  const distance = leven(word, other);
  if (distance !== 2 || word.length !== other.length) return distance;
  const at = word.split('').findIndex((letter, index) => letter !== other[index]);
  return word[at] === other[at + 1] && word[at + 1] === other[at] ? 1 : distance;
}

/** The nearest candidate: at most a third of its letters differ, or only case and separators do. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const candidate of candidates) {
    const distance = plain(word) === plain(candidate) ? 0 : distanceOf(word, candidate);
    const limit = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3));
    if (distance <= limit && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** `Did you mean "x"?`, or undefined when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? undefined : `Did you mean "${candidate}"?`;
}
