// The targets of `sync`, by what the command line calls them.
import type { Target } from './target.ts';
import { openCsv } from './targets/csv.ts';
import { openDuckdb } from './targets/duckdb.ts';
import { openJsonl } from './targets/jsonl.ts';
import { openParquet } from './targets/parquet.ts';

export const targets = {
  jsonl: openJsonl,
  csv: openCsv,
  parquet: openParquet,
  duckdb: openDuckdb,
} satisfies Record<string, (path: string) => Promise<Target>>;

export type TargetName = keyof typeof targets;
