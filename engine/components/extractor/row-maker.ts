// Makes a record out of what a path matched, and of the keys on the way there.
import { withMembers } from '../../text/json-parts.ts';
import { type Row, rowOf } from '../../text/row.ts';

const OPEN_OBJECT = 0x7b;

export interface RowOptions {
  /** Names of the keys that the segments with wildcards matched, outermost first. */
  readonly keyFields: readonly string[];
  /** Name of the matched value itself. */
  readonly valueField?: string | undefined;
}

export type RowMaker = (value: Uint8Array, keys?: readonly (string | number)[]) => Row;

/** The rows keep the bytes of what was matched. Throws SyntaxError for a value that is no object and gets no name. */
export function rowMaker({ keyFields, valueField }: RowOptions): RowMaker {
  return (value, keys = []) => {
    const members = new Map<string, string | Uint8Array>();
    for (const [index, name] of keyFields.entries()) members.set(name, JSON.stringify(keys[index]));
    if (valueField !== undefined) return rowOf(withMembers(Buffer.from('{}'), members.set(valueField, value)));
    if (value[0] !== OPEN_OBJECT) {
      throw new SyntaxError(`a record is not an object: ${Buffer.from(value).toString('utf8', 0, 60)}`);
    }
    return rowOf(members.size === 0 ? value : withMembers(value, members));
  };
}
