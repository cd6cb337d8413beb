// Rows as plain objects, and the few things done to their fields.

export type Row = Record<string, unknown>;

export function pick(row: Row, keys: readonly string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => keys.includes(key)));
}

export function without(row: Row, ...keys: string[]): Row {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !keys.includes(key)));
}

/** The fields of `shape`, with the values given for some of them; fields it lacks are not added. */
export function filled(shape: Row, values: Row): Row {
  return Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, key in values ? values[key] : value]));
}

/** Names written as one text, with spaces between them. */
export function names(text: string): string[] {
  return text.split(' ');
}
