// What became of the replies: how many records each had, what the filter and the cursor left out, what the transformations did.
import type { Observer, ReadFrom } from '../../components/observer.ts';
import { parseJson } from '../../text/json.ts';
import { type Changes, noteChanges } from './changes.ts';

export interface Selection {
  readonly from: ReadFrom;
  /** Records of the reply, as far as it was read. */
  found: number;
  kept: number;
  /** Left out because the cursor does not ask for them; the filter has left out the rest. */
  outside: number;
  readonly changes: Changes;
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

/** An observer that notes, and what it has noted of the reply with these headers. */
export function noteSelections(): { observer: Observer; selectionOf: (headers: Headers) => Selection | undefined } {
  const selections = new Map<Headers, Selection>();
  return {
    selectionOf: (headers) => selections.get(headers),
    observer: {
      reading({ headers }, from) {
        const selection: Selection = { from, found: 0, kept: 0, outside: 0, changes: new Map() };
        selections.set(headers, selection);
        let before = '';
        return {
          found({ bytes }) {
            selection.found += 1;
            before = textOf(bytes);
          },
          kept({ bytes }) {
            selection.kept += 1;
            const after = textOf(bytes);
            if (after !== before) noteChanges(selection.changes, parseJson(before), parseJson(after));
          },
          outside() {
            selection.outside += 1;
          },
        };
      },
    },
  };
}
