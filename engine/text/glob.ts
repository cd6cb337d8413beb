// Segments of a path as patterns of keys, with the meaning that Python's fnmatch gives them: `*` for any letters, `?` for one,
// `[abc]`, `[a-z]` and `[!abc]` for one of those.

/** True when a segment is more than one key. */
export function isGlob(segment: string): boolean {
  return /[*?]|\[[^]+\]/.test(segment);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** Tells whether a key is one of those that a segment means. Throws SyntaxError for a range that is none. */
export function globMatcher(segment: string): (key: string) => boolean {
  if (!isGlob(segment)) return (key) => key === segment;
  const parts = segment.matchAll(/\*|\?|\[(!?)(\]?[^\]]+|\])\]|[^]/gu);
  const source = Array.from(parts, ([part, not, letters]) => {
    if (part === '*') return '[^]*';
    if (part === '?') return '[^]';
    return letters === undefined ? escaped(part) : `[${not === '!' ? '^' : ''}${escaped(letters)}]`;
  });
  const pattern = new RegExp(`^${source.join('')}$`, 'u');
  return (key) => pattern.test(key);
}
