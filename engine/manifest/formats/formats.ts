// The formats by name, each loaded when it is asked for: that of SARIF needs modules that take their time.
import type { Format } from './format.ts';

export const formats = {
  text: async () => (await import('./text.ts')).text,
  json: async () => (await import('./json.ts')).json,
  github: async () => (await import('./github.ts')).github,
  sarif: async () => (await import('./sarif.ts')).sarif,
} satisfies Record<string, () => Promise<Format>>;

export type FormatName = keyof typeof formats;
