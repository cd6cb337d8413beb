// The formats by name.
import type { Format } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { sarif } from './sarif.ts';
import { text } from './text.ts';

export const formats = { text, json, github, sarif } satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
