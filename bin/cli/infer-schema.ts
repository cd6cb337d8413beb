// The verb infer-schema: the schema of a stream from its records, into its file. Loaded when it runs.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { compareSchema } from '../../engine/authoring/schema/compare-schema.ts';
import { schemaOf } from '../../engine/authoring/schema/infer-schema.ts';
import { observeAll } from '../../engine/authoring/schema/observe.ts';
import { shownPath } from '../../engine/authoring/schema/schema-place.ts';
import { inferredLines } from '../../engine/authoring/show/inferred.ts';
import { jsonText } from '../../engine/authoring/show/schema-text.ts';
import { counted } from '../../engine/authoring/show/text.ts';
import { troubleLines } from '../../engine/authoring/show/trial.ts';
import { SystemError } from '../../engine/errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../engine/text/json.ts';
import { type AttemptFlags, type Attempted, attemptWith, told } from './attempt.ts';
import { authorsManifest } from './authors-manifest.ts';
import { screenOf } from './screen.ts';

export interface InferSchemaFlags extends AttemptFlags {
  out?: string;
}

/** The schema in a file; undefined when there is no file. Throws SystemError. */
function schemaIn(file: string): JsonObject | undefined {
  if (!existsSync(file)) return undefined;
  try {
    const schema = parseJson(readFileSync(file, 'utf8'));
    if (isJsonObject(schema)) return schema;
  } catch {
    // said below
  }
  throw new SystemError(`${shownPath(file)} holds no JSON object. Correct it, or name another file with --out.`);
}

/** How a manifest that holds the schema itself, or none, refers to the file. */
function referenceTo(file: string, manifestPath: string): string {
  const path = relative(dirname(manifestPath), file);
  return `The stream does not refer to it. In the manifest:\n  schema_loader:\n    type: JsonFileSchemaLoader\n    file_path: ./${path}\n`;
}

/** Writes the schema; says what is different in it. */
function writeSchema(attempted: Attempted, stream: string, out: string | undefined): void {
  const { trial, place, manifestPath } = attempted;
  const seen = observeAll(trial.records);
  const usual = place.file ?? resolve(dirname(manifestPath), 'schemas', `${stream}.json`);
  const file = out === undefined || out === '-' ? usual : resolve(out);
  const before = schemaIn(file) ?? trial.declared ?? {};
  const schema = schemaOf(seen, before);
  if (out === '-') {
    process.stdout.write(`${jsonText(schema)}\n`);
    return;
  }
  const differences = compareSchema(before, seen);
  const isChanged = !existsSync(file) || differences.some(({ kind }) => kind !== 'unused');
  if (isChanged) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${jsonText(schema)}\n`);
  }
  const facts = {
    file: shownPath(file),
    isChanged,
    differences,
    seen,
    records: trial.records.length,
    isCut: trial.isCut,
  };
  process.stdout.write(`${inferredLines(facts, screenOf(process.stdout)).join('\n')}\n`);
  if (place.file === undefined && out === undefined) process.stdout.write(referenceTo(file, manifestPath));
}

export function inferSchema(stream: string, flags: InferSchemaFlags, command: Command): Promise<void> {
  return told(command, async (signal) => {
    const manifestPath = resolve(authorsManifest(flags.manifest));
    const attempted = await attemptWith(stream, flags, { manifestPath, usual: { limit: 1000, slices: 25 }, signal });
    if (!attempted) return;
    const { trial } = attempted;
    const trouble = troubleLines(trial, { ...screenOf(process.stderr), paint: (_, text) => text });
    if (trouble.length > 0) process.stderr.write(`${trouble.join('\n').trimEnd()}\n`);
    if (trial.error) {
      process.exitCode = 1;
    } else if (trial.records.length === 0) {
      process.stderr.write(`${stream} has ${counted(0, 'record')}: there is nothing to derive a schema from.\n`);
      process.exitCode = 1;
    } else writeSchema(attempted, stream, flags.out);
  });
}
