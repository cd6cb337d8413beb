// `npm run test:clients`: the connector in the hands of what people run it with. `npm run test:clients -- NAME…` runs these only.
// A client that lacks something on this machine is skipped and says what. Run "npm run build" first: the clients run what is built.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptance } from './clients/acceptance.ts';
import { ajvCli } from './clients/ajv-cli.ts';
import { audit } from './clients/audit.ts';
import { checkJsonschema } from './clients/check-jsonschema.ts';
import { type Client, failed, type Result } from './clients/client.ts';
import { cron } from './clients/cron.ts';
import { githubAction } from './clients/github-action.ts';
import { imageClient } from './clients/image.ts';
import { kubernetes } from './clients/kubernetes.ts';
import { nodeVersions } from './clients/node-versions.ts';
import { npmPackage } from './clients/npm-package.ts';
import { preCommit } from './clients/pre-commit.ts';
import { pyairbyte } from './clients/pyairbyte.ts';
import { referenceEngine } from './clients/reference-engine.ts';
import { root } from './clients/support/command.ts';
import { scheduledWorkflow } from './clients/scheduled-workflow.ts';
import { line, report } from './clients/support/report.ts';
import { sync } from './clients/sync.ts';
import { workflows } from './clients/workflows.ts';

const clients: readonly Client[] = [
  checkJsonschema,
  ajvCli,
  preCommit,
  githubAction,
  npmPackage,
  nodeVersions,
  pyairbyte,
  referenceEngine,
  acceptance,
  imageClient,
  sync,
  workflows,
  audit,
  cron,
  scheduledWorkflow,
  kubernetes,
];

const asked = process.argv.slice(2);
const names = clients.map(({ name }) => name);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`Unknown client "${unknown.join('", "')}"; use one of ${names.join(', ')}.`);
  process.exit(2);
}
if (!existsSync(join(root, 'dist', 'cli.cjs'))) {
  console.error('There is no dist/cli.cjs, which the clients run: run "npm run build" first.');
  process.exit(2);
}

const abort = new AbortController();
let killedBy: NodeJS.Signals | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killedBy = signal;
    abort.abort(new Error(`Stopped by ${signal}.`));
  });
}

async function resultOf({ run }: Client): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  try {
    return await run({ folder, signal: abort.signal });
  } catch (thrown) {
    return failed(thrown instanceof Error ? thrown.message : String(thrown));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// One after the other: each has the machine to itself, and what it prints is not mixed.
const ended = [];
for (const client of clients.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  if (killedBy) break;
  const startedAt = performance.now();
  const result = await resultOf(client);
  const one = { client, result, seconds: (performance.now() - startedAt) / 1000 };
  console.log(line(one));
  ended.push(one);
}

console.log(report(ended));
process.exitCode = ended.every(({ result }) => result.status !== 'failed') ? 0 : 1;
if (killedBy) process.kill(process.pid, killedBy);
