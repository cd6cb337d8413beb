// The folder that Airbyte's tools read, and the pages in Airbyte's form, are those of this connector.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../../bin/cli/manifest.ts';
import packageJson from '../../package.json' with { type: 'json' };

interface Metadata {
  name: string;
  definitionId: string;
  dockerRepository: string;
  dockerImageTag: string;
  license: string;
  icon: string;
  githubIssueLabel: string;
  tags: string[];
  allowedHosts: { hosts: string[] };
  suggestedStreams: { streams: string[] };
  [field: string]: unknown;
}

interface Manifest {
  streams: { name: string; incremental_sync?: unknown }[];
  spec: { connection_specification: { required: string[]; properties: Record<string, { title: string }> } };
}

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'examples/airbyte/source-metabase');
const textOf = (path: string): string => readFileSync(path, 'utf8');
const { data: metadata } = parse(textOf(join(folder, 'metadata.yaml'))) as { data: Metadata };
const manifest = read(join(root, 'manifest.yaml')).tree as Manifest;
const names = manifest.streams.map(({ name }) => name);
const { properties, required } = manifest.spec.connection_specification;

test('the metadata has every field that the registry asks for', () => {
  const needed = [
    'name definitionId connectorType connectorSubtype dockerRepository dockerImageTag documentationUrl',
    'githubIssueLabel license releaseStage',
  ];
  expect(needed.flatMap((line) => line.split(' ')).filter((field) => metadata[field] === undefined)).toEqual([]);
  expect(metadata.definitionId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  // That of Airbyte's own connector for Metabase, which is another one.
  expect(metadata.definitionId).not.toBe('c7cb421b-942e-4468-99ee-e369bcabaec5');
});

test('the metadata has the version and licence of the package, and the name in the label of the image', () => {
  expect([metadata.dockerImageTag, metadata.license]).toEqual([packageJson.version, packageJson.license]);
  expect(textOf(join(root, 'Dockerfile'))).toContain(`io.airbyte.name=${metadata.dockerRepository} `);
});

test('the metadata names streams and fields of the config that are there', () => {
  expect(metadata.suggestedStreams.streams.filter((name) => !names.includes(name))).toEqual([]);
  const fields = metadata.allowedHosts.hosts.map((host) => /^\$\{(\w+)\}$/.exec(host)?.[1] ?? '');
  expect(fields).toEqual(required);
});

test('the icon is there, and square', () => {
  const [, , , width, height] = /viewBox="(\d+) (\d+) (\d+) (\d+)"/.exec(textOf(join(folder, metadata.icon))) ?? [];
  expect(width).toBe(height);
});

test('the acceptance tests have every file that is no secret, and a future state of every incremental stream', () => {
  const config = textOf(join(folder, 'acceptance-test-config.yml'));
  const paths = [...config.matchAll(/_path: (\S+)/g)].map(([, path = '']) => path);
  expect(
    paths.filter((path) => !path.startsWith('secrets/')).filter((path) => !existsSync(join(folder, path))),
  ).toEqual([]);
  const states = JSON.parse(textOf(join(folder, 'future_state.json'))) as {
    stream: { stream_descriptor: { name: string } };
  }[];
  const incremental = manifest.streams.filter(({ incremental_sync }) => incremental_sync).map(({ name }) => name);
  expect(states.map(({ stream }) => stream.stream_descriptor.name)).toEqual(incremental);
});

const page = textOf(join(root, 'docs/airbyte.md'));
const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** The text below a heading, up to the next one. */
const below = (heading: string): string => page.split(`# ${heading}\n`)[1]?.split('\n#')[0] ?? '';

test("the page for Airbyte has the sections of Airbyte's checks, in their order", () => {
  const wanted = [
    ...[metadata.name, 'Prerequisites', 'Setup guide', `Set up ${metadata.name}`, 'For Airbyte Cloud:'],
    ...['For Airbyte Open Source:', 'Supported sync modes', 'Supported Streams', 'Performance considerations'],
    ...['Data type map', 'Limitations & Troubleshooting', 'Changelog'],
  ];
  expect(headings.filter((heading) => wanted.includes(heading))).toEqual(wanted);
});

test('the prerequisites name every required field, and what to log in with', () => {
  const prerequisites = below('Prerequisites').toLowerCase();
  const titles = required.map((name) => properties[name]?.title.toLowerCase() ?? name);
  expect(titles.filter((title) => !prerequisites.includes(title))).toEqual([]);
  expect(prerequisites).toMatch(/account|auth|credentials|access/);
});

test('the page for Airbyte lists every stream, and a change for this version', () => {
  const streams = below('Supported Streams');
  expect(names.filter((name) => !streams.includes(`\`${name}\``))).toEqual([]);
  expect(below('Changelog')).toMatch(new RegExp(`^\\| ${packageJson.version.replaceAll('.', '\\.')} `, 'm'));
});
