// The folder that Airbyte's tools read (examples/airbyte/source-metabase), with the secrets that read a simulated Metabase.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MetabaseOptions } from '../../../test/metabase/options.ts';
import type { Work } from '../client.ts';
import { root } from './command.ts';
import type { Served } from './simulator.ts';

/** Every stream has records in it, and two reads of it give the same. */
export const STILL: MetabaseOptions = { edition: 'pro', isStill: true };

/** Makes the folder, and returns its path; Airbyte's tools want it to be called source-something. */
export function airbyteFolder({ folder }: Work, { simulator, config }: Served): string {
  const path = join(folder, 'source-metabase');
  cpSync(join(root, 'examples', 'airbyte', 'source-metabase'), path, { recursive: true });
  mkdirSync(join(path, 'secrets'), { recursive: true });
  const key = { instance_api_url: simulator.apiUrl, api_key: simulator.credentials.adminApiKey };
  writeFileSync(join(path, 'secrets', 'config.json'), JSON.stringify(key));
  writeFileSync(join(path, 'secrets', 'config_password.json'), JSON.stringify(config));
  return path;
}
