// What is noted of a page while it is read, and what is wrong when the next one is no other.
import { crc32 } from 'node:zlib';
import { SystemError } from '../../errors.ts';
import type { Row } from '../../text/row.ts';
import type { Page, PageRows, Reply } from '../kinds.ts';
import { plainUrl } from '../variables.ts';

type Counts = Pick<Page, 'foundCount' | 'keptCount' | 'lastKept'>;

export interface PageNotes extends PageRows {
  readonly counts: () => Counts;
  /** True when both pages have the same records, and have some. */
  readonly equals: (other: PageNotes | undefined) => boolean;
  readonly digest: () => string;
}

export function notesOfPage(token: unknown, keeps: PageRows['keeps'] = () => true): PageNotes {
  let [foundCount, keptCount, bytes, checksum] = [0, 0, 0, 0];
  let lastKept: Row | undefined;
  const digest = (): string => `${foundCount} ${bytes} ${checksum}`;
  return {
    token,
    keeps,
    found(row) {
      foundCount += 1;
      bytes += row.bytes.length;
      checksum = crc32(row.bytes, checksum);
    },
    kept(row) {
      keptCount += 1;
      lastKept = row;
    },
    counts: () => ({ foundCount, keptCount, lastKept }),
    equals: (other) => foundCount > 0 && other?.digest() === digest(),
    digest,
  };
}

/** A server that does not page: it would be asked for ever. */
export function stuckPages(stream: string, { method, url }: Reply, what: string): SystemError {
  return new SystemError(
    `${stream}: ${method} ${plainUrl(url)} answered with ${what}, so it does not seem to page as the manifest expects, and reading on ` +
      'would never end. Check the paginator: where the page token goes, its name, and whether this version of the server knows it.',
  );
}
