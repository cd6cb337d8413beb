// What the Airbyte platform reads of the image without running it. scripts/image.sh builds and runs it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');

/** Value of `name=value` or `name="value"` in the Dockerfile. */
function valueOf(name: string): string | undefined {
  const start = dockerfile.indexOf(`${name}=`);
  return start === -1 ? undefined : /^"([^"]*)"|^\S+/.exec(dockerfile.slice(start + name.length + 1))?.[0];
}

test('the image has the version of package.json', () => {
  expect(valueOf('io.airbyte.version')).toBe(packageJson.version);
  expect(valueOf('org.opencontainers.image.version')).toBe(packageJson.version);
});

test('AIRBYTE_ENTRYPOINT is the entrypoint in one line, with absolute paths', () => {
  const entrypoint = JSON.parse(/^ENTRYPOINT (.*)$/m.exec(dockerfile)?.[1] ?? '[]') as string[];
  expect(valueOf('AIRBYTE_ENTRYPOINT')).toBe(`"${entrypoint.join(' ')}"`);
  expect(entrypoint.every((word) => word.startsWith('/'))).toBe(true);
});
