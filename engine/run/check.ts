// Checks a connection: the first record of each stream that the manifest names.
import type { Source, Stream } from '../components/kinds.ts';
import { SystemError } from '../errors.ts';
import type { JsonObject } from '../text/json.ts';
import { readStream } from './stream.ts';

async function firstRecord(stream: Stream): Promise<JsonObject | undefined> {
  for await (const row of readStream(stream.retriever, 1)) return row.value();
  return undefined;
}

/** What to tell the user of a good connection, if the manifest says so. Throws EngineError for a bad one. */
export async function checkSource({ check, stream: streamOf }: Source): Promise<string | undefined> {
  let record: JsonObject | undefined;
  for (const name of check.streamNames) {
    const stream = streamOf(name);
    if (!stream)
      throw new SystemError(`The manifest checks the stream "${name}", which it does not have. Correct its check.`);
    record = await firstRecord(stream);
  }
  return record && check.successMessage(record);
}
