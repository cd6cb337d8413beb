// What the CronJob of the example may do: the Pod Security Standard "restricted", and a read-only root on top of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };
import { root } from '../cli/command-line.ts';

const text = readFileSync(join(root, 'examples', 'kubernetes', 'cronjob.yaml'), 'utf8');
const cronJob = parseAllDocuments(text).find((document) => document.get('kind') === 'CronJob');
const pod = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
const at = (...path: (string | number)[]): unknown => {
  const node = cronJob?.getIn([...pod, ...path]) as { toJSON?: () => unknown } | undefined;
  return node?.toJSON?.() ?? node;
};

test('the pod runs as the user of the image, without a token of the cluster', () => {
  expect(at('securityContext')).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
  expect(at('automountServiceAccountToken')).toBe(false);
});

test('the container has no capabilities, cannot get any, and has a read-only root', () => {
  expect(at('containers', 0, 'securityContext')).toEqual({
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
});

test('the config is a file of a secret, for nobody but its user and group', () => {
  expect(at('volumes', 0, 'secret')).toEqual({ secretName: 'metabase-config', defaultMode: 0o440 });
});

test('the examples name the version of the package', () => {
  expect(at('containers', 0, 'image')).toBe(`registry.example.com/source-metabase:${packageJson.version}`);
  const workflow = readFileSync(join(root, 'examples', 'github-actions', 'metabase-sync.yml'), 'utf8');
  expect(workflow).toContain(`source-metabase@${packageJson.version} sync`);
});
