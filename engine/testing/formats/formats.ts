// The formats by name.
import type { TestFormat } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { text } from './text.ts';

export const testFormats = { text, json, junit, github } satisfies Record<string, TestFormat>;

export type TestFormatName = keyof typeof testFormats;
