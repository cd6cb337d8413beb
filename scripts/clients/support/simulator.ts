// A simulated Metabase on loopback for as long as a client needs it, and the config that reads it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetabaseOptions } from '../../../test/metabase/options.ts';
import { type Simulator, startMetabase } from '../../../test/metabase/serve.ts';
import type { Work } from '../client.ts';

export interface Served {
  readonly simulator: Simulator;
  readonly config: Readonly<Record<string, string>>;
  /** A file with that config. */
  readonly configPath: string;
}

/** Calls back with a running simulator, and ends it. */
export async function withSimulator<T>(
  { folder }: Work,
  use: (served: Served) => Promise<T>,
  options: MetabaseOptions = {},
): Promise<T> {
  const simulator = await startMetabase(options);
  try {
    const config = { instance_api_url: simulator.apiUrl, ...simulator.credentials.admin };
    const configPath = join(folder, 'config.json');
    writeFileSync(configPath, JSON.stringify(config));
    return await use({ simulator, config, configPath });
  } finally {
    await simulator.close();
  }
}
