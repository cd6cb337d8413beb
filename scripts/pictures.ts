// Writes docs/pictures/: what the real executable prints on a terminal, reading a simulated Metabase. Run "npm run build" first.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMetabase } from '../test/metabase/serve.ts';
import { COLUMNS, svgOf } from './pictures/svg.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
const simulator = await startMetabase({ port: 0 });

/** What a command prints, standard output and errors as they come, as on a terminal of this width. */
async function printed(...args: string[]): Promise<string> {
  const env = { ...process.env, FORCE_COLOR: '1', COLUMNS: String(COLUMNS), NO_COLOR: undefined };
  const child = spawn(process.execPath, [join(root, 'bin', 'source-metabase'), ...args], { cwd: folder, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  await once(child, 'close');
  // Where the simulator and this folder are is another place every time.
  return output.replaceAll(simulator.url, 'https://metabase.example.com').replaceAll(`${root}/`, '');
}

function edit(file: string, from: string, to: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (!before.includes(from)) throw new Error(`${file} does not say "${from}"`);
  writeFileSync(path, before.replace(from, to));
}

try {
  for (const part of ['manifest.yaml', 'streams', 'schemas'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const config = { instance_api_url: simulator.apiUrl, ...simulator.credentials.admin };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));

  const tried = await printed('try', 'glossary', '--config', 'config.json', '--limit', '2');
  const synced = await printed(
    'sync',
    '--config',
    'config.json',
    '--to',
    'metabase.duckdb',
    '--streams',
    'cards,dashboards,users',
  );
  edit('streams/segments.yaml', '    path: segment', '    pth: segment');
  edit('streams/fields.yaml', 'stream_partition.table_id', 'stream_partitoin.table_id');
  const validated = await printed('validate', 'manifest.yaml');

  const pictures = {
    validate: svgOf('source-metabase validate names each problem with its line', [
      { command: 'source-metabase validate manifest.yaml', output: validated },
    ]),
    try: svgOf('source-metabase try shows what a stream asks, its records and its schema', [
      { command: 'source-metabase try glossary --config config.json --limit 2', output: tried },
    ]),
    sync: svgOf('source-metabase sync writes streams into a DuckDB file', [
      {
        command: 'source-metabase sync --config config.json --to metabase.duckdb --streams cards,dashboards,users',
        output: synced,
      },
    ]),
  };
  mkdirSync(join(root, 'docs', 'pictures'), { recursive: true });
  for (const [name, picture] of Object.entries(pictures))
    writeFileSync(join(root, 'docs', 'pictures', `${name}.svg`), picture);
} finally {
  await simulator.close();
  rmSync(folder, { recursive: true });
}
