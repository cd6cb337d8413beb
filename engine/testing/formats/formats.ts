// The formats by name.
import type { TestFormat } from './format.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { text } from './text.ts';

export const testFormats = { text, json, junit } satisfies Record<string, TestFormat>;

export type TestFormatName = keyof typeof testFormats;
