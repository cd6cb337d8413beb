// The packed tarball in an empty folder: run by npx, and imported by a program in TypeScript.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { type Client, passed, type Work } from './client.ts';
import { mustRun, root } from './support/command.ts';
import { install, pack } from './support/package.ts';
import { withSimulator } from './support/simulator.ts';
import { runVerbs, told } from './support/verbs.ts';

const PROGRAM = `
import { EngineError, openSource, readManifest, testStreams, validate, type Diagnostic, type SourceRecord } from 'source-metabase';

const problems: Diagnostic[] = validate('manifest.yaml');
const manifest = readManifest(new URL('file:///manifest.yaml'));
const source = openSource({ manifest, config: { api_key: 'mb_...' }, signal: AbortSignal.timeout(1000) });

export async function first(): Promise<SourceRecord | undefined> {
  for await (const record of source.read('cards', { state: {}, onState: (state) => console.log(Object.keys(state)) })) {
    const id = record.data['id'];
    if (typeof id === 'bigint') return record;
  }
  for await (const { differences } of testStreams(manifest, ['cards.yaml'])) console.log(differences.length + problems.length);
  // @ts-expect-error a source needs a manifest
  openSource({ config: {} });
  return undefined;
}

export const whose = (error: unknown) => (error instanceof EngineError ? error.failureType : undefined);
`;

/** The ways in which TypeScript finds a package. */
const RESOLUTIONS = [
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'esnext', moduleResolution: 'bundler' },
];

/** Compiles a program that imports the package, and the example with it. The declarations are checked too: nothing is skipped. */
async function checkTypes(work: Work, folder: string): Promise<void> {
  writeFileSync(join(folder, 'program.mts'), PROGRAM);
  copyFileSync(join(root, 'examples', 'api', 'read-cards.mjs'), join(folder, 'read-cards.mjs'));
  for (const resolution of RESOLUTIONS) {
    const compilerOptions = {
      ...resolution,
      target: 'es2022',
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      allowJs: true,
      types: ['node'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.m?s'] }));
    await mustRun(work, ['npx', '--no-install', 'tsc', '--project', '.'], { cwd: folder });
  }
}

export const npmPackage: Client = {
  name: 'npm-package',
  shows:
    'From the packed tarball, in an empty folder, npx runs every verb, and TypeScript finds the types in both ways.',
  run: async (work) => {
    const { typescript, '@types/node': types } = packageJson.devDependencies;
    const beside = [`typescript@${typescript}`, `@types/node@${types}`];
    const folder = await install(work, await pack(work), { name: 'user', beside });
    await checkTypes(work, folder);
    const npx = ['npx', '--no-install', 'source-metabase'];
    await mustRun(work, [...npx, 'validate'], { cwd: folder });
    const streams = await withSimulator(work, (served) => runVerbs(work, npx, served, { cwd: folder }));
    return passed(told(streams));
  },
};
