// try and infer-schema, run as authors run them: against the simulator and then without it, and on a manifest of somebody else.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startMetabase } from '../metabase/serve.ts';
import { whileFiles } from '../support/files.ts';
import { type Ended, root } from './command-line.ts';

const executable = join(root, 'bin', 'source-metabase');

/** Runs the executable while this process answers it. */
const run = (args: readonly string[], cwd: string): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [executable, ...args], { cwd, timeout: 30_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });

test('what is recorded of the simulator is shown again when the simulator is gone', async () => {
  const metabase = await startMetabase();
  const login = { username: 'admin@example.com', password: 'example-admin-password' };
  const config = JSON.stringify({ instance_api_url: metabase.url, ...login });
  await whileFiles({ 'config.json': config }, async (folder) => {
    const args = ['try', 'dashboards', '--show', 'records', '--format', 'json'];
    const first = await run([...args, '--config', 'config.json', '--record', 'kept'], folder);
    await metabase.close();
    expect([first.code, first.stderr]).toEqual([0, '']);
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(readFileSync(join(folder, 'kept', 'dashboards.json'), 'utf8')).not.toContain(login.password);

    expect(await run([...args, '--replay', 'kept'], folder)).toEqual(first);
    const schema = await run(['infer-schema', 'dashboards', '--replay', 'kept', '--out', '-'], folder);
    expect(JSON.parse(schema.stdout)).toHaveProperty('properties.id.type', ['null', 'integer']);
    const further = await run(['try', 'dashboards', '--replay', 'kept', '--slices', '4', '--show', 'http'], folder);
    expect(further.code).toBe(1);
    expect(further.stdout).toContain('is not in the recording');
  });
}, 60_000);

const MANIFEST = `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [teams] }
streams:
  - type: DeclarativeStream
    name: teams
    primary_key: id
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: "{{ config['url'] }}", path: /teams }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [teams] }
    schema_loader:
      type: JsonFileSchemaLoader
      file_path: ./schemas/{{ parameters['name'] }}.json
      $parameters: { name: teams }
`;
const SCHEMA = '{ "type": "object", "properties": { "id": { "type": "integer", "description": "Whose." } } }';

/** Listens to a program: `says` resolves when it has said the words since it was asked before. */
function listen({ stdout }: ChildProcess): { says: (words: string) => Promise<void> } {
  let text = '';
  stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return {
    async says(words) {
      while (stdout && !text.includes(words)) await once(stdout, 'data');
      text = '';
    },
  };
}

test('on a manifest of somebody else: the schema is derived, and every save shows what has changed, without the server', async () => {
  let asked = 0;
  const server = createServer((_, reply) => {
    asked += 1;
    reply
      .setHeader('content-type', 'application/json')
      .end('{"teams": [{"id": 1, "name": "Blue", "since": "2024-05-01"}]}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const files = { 'manifest.yaml': MANIFEST, 'schemas/teams.json': SCHEMA, 'config.json': JSON.stringify({ url }) };
  await whileFiles(files, async (folder) => {
    const given = ['teams', '--manifest', 'manifest.yaml', '--config', 'config.json'];
    const inferred = await run(['infer-schema', ...given], folder);
    expect(inferred).toMatchObject({ code: 0, stderr: '' });
    expect(inferred.stdout).toMatch(
      /^schemas\/teams\.json written from 1 record; 2 fields added\.\n {2}\+ name +string\n/,
    );
    expect(JSON.parse(readFileSync(join(folder, 'schemas/teams.json'), 'utf8'))).toMatchObject({
      properties: {
        id: { type: 'integer', description: 'Whose.' },
        name: { type: ['null', 'string'] },
        since: { type: ['null', 'string'], format: 'date' },
      },
    });

    const misspelt = await run(['try', 'team', ...given.slice(1)], folder);
    expect([misspelt.code, misspelt.stderr]).toEqual([2, expect.stringContaining('Did you mean "teams"?')]);

    const watching = spawn(process.execPath, [executable, 'try', ...given, '--watch'], { cwd: folder });
    const { says } = listen(watching);
    await says('schemas/teams.json fits 1 record.');
    const askedBefore = asked;
    const edited = MANIFEST.replace(
      '    schema_loader:',
      '    transformations: [{ type: RemoveFields, field_pointers: [[since]] }]\n    schema_loader:',
    );
    writeFileSync(join(folder, 'manifest.yaml'), edited);
    await says('- since  "2024-05-01"');
    expect(asked).toBe(askedBefore);
    watching.kill('SIGINT');
    expect(await once(watching, 'exit')).toEqual([null, 'SIGINT']);
  });
  server.close();
}, 60_000);
