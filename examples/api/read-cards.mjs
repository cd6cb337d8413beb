// Prints the id and the name of every card that a Metabase has, as they come.
// @ts-check
import { EngineError, openSource, readManifest } from 'source-metabase';

const { METABASE_URL, METABASE_API_KEY } = process.env;

const source = openSource({
  manifest: readManifest(new URL(import.meta.resolve('source-metabase/manifest.yaml'))),
  config: { instance_api_url: METABASE_URL, api_key: METABASE_API_KEY },
  onLog: (level, message) => level === 'WARN' && console.error(message),
});

try {
  console.error(await source.check());
  for await (const { data } of source.read('cards')) console.log(`${data.id}\t${data.name}`);
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  console.error(`${error.failureType}: ${error.message}`);
  process.exitCode = 1;
}
