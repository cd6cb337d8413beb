// A test read: the first records of one stream, with everything that happened on the way. It asks for no more than it needs: one
// request after the other, none after the limit.
import type { Stream } from '../../components/kinds.ts';
import { asEngineError, type EngineError } from '../../errors.ts';
import type { Message } from '../../protocol/messages.ts';
import type { Redactor } from '../../protocol/redact.ts';
import type { Writer } from '../../protocol/writer.ts';
import type { HttpClient } from '../../run/http.ts';
import { type Engine, withSource } from '../../source.ts';
import type { JsonObject } from '../../text/json.ts';
import { type Exchange, notingClient } from './exchange.ts';
import { findStream, UnknownStreamError } from './find-stream.ts';
import { noteSelections, type Selection } from './selection.ts';

export interface TrialOptions extends Pick<Engine, 'manifest' | 'clock' | 'random' | 'isDebug' | 'signal'> {
  client: HttpClient;
  redactor: Redactor;
  stream: string;
  config: JsonObject;
  /** False for a config without its secrets, which need not fit the specification. */
  isConfigWhole: boolean;
  /** Most records, and most slices that they come from. */
  limit: number;
  slices: number;
  /** Takes every reply to its end, to keep it. */
  isRecording: boolean;
}

/** One part of the stream that was read, such as one parent record. */
export interface Slice {
  readonly values: JsonObject;
  /** How many exchanges there were when it began. */
  readonly startsAt: number;
  records: number;
}

export interface Trial {
  readonly stream: string;
  readonly exchanges: readonly Exchange[];
  readonly selectionOf: (exchange: Exchange) => Selection | undefined;
  readonly slices: readonly Slice[];
  /** How many exchanges there were when the last slice ended; what follows asks for the schema, or logs out. */
  readonly endsAt: number;
  /** As the bytes that a sync would write. */
  readonly records: readonly Uint8Array[];
  /** True when there may be more. */
  readonly isCut: boolean;
  readonly primaryKey: Stream['primaryKey'];
  /** The schema that is declared; undefined when that could not be learned. */
  readonly declared: JsonObject | undefined;
  readonly logs: readonly { readonly level: string; readonly message: string }[];
  readonly error: EngineError | undefined;
}

/** So much of a body is kept to be shown. */
const SHOWN_BYTES = 4096;

/** A writer that keeps the messages. */
function keeper(): { writer: Writer; messages: Message[] } {
  const messages: Message[] = [];
  const writer = {
    write: (message: Message) => Promise.resolve(void messages.push(message)),
    records: () => () => undefined,
    flush: () => Promise.resolve(),
  };
  return { writer, messages };
}

interface Taken {
  readonly slices: Slice[];
  readonly records: Uint8Array[];
  isCut: boolean;
}

/** Takes the first records of a stream. */
async function take(
  { retriever }: Stream,
  { limit, slices: mostSlices }: TrialOptions,
  taken: Taken,
  countExchanges: () => number,
): Promise<void> {
  let startsAt = countExchanges();
  for await (const partition of retriever.partitions()) {
    const slice: Slice = { values: partition.values, startsAt, records: 0 };
    taken.slices.push(slice);
    for await (const { bytes } of (await retriever.retrieve(partition)) ?? []) {
      taken.records.push(Buffer.from(bytes));
      slice.records += 1;
      taken.isCut = taken.records.length >= limit;
      if (taken.isCut) return;
    }
    taken.isCut = taken.slices.length >= mostSlices;
    if (taken.isCut) return;
    startsAt = countExchanges();
  }
}

/** Reads the beginning of a stream. What goes wrong is part of the result, but for a name that no stream has: UnknownStreamError. */
export async function tryStream(options: TrialOptions): Promise<Trial> {
  const { manifest, clock, random, isDebug, signal, redactor, stream: name, isRecording } = options;
  const keptBytes = isRecording ? Infinity : SHOWN_BYTES;
  const { client, exchanges } = notingClient(options.client, { now: clock.now, keptBytes, isWhole: isRecording });
  const { observer, selectionOf } = noteSelections();
  const { writer, messages } = keeper();
  const engine = { manifest, client, writer, redactor, clock, random, isDebug, signal, observer };
  const taken: Taken = { slices: [], records: [], isCut: false };
  let primaryKey: Stream['primaryKey'] = [];
  let declared: JsonObject | undefined;
  let error: EngineError | undefined;
  let endsAt: number | undefined;
  try {
    await withSource(
      engine,
      options.config,
      async (source, { stop }) => {
        const stream = await findStream(source, name);
        primaryKey = stream.primaryKey;
        await take(stream, options, taken, () => exchanges.length);
        endsAt = exchanges.length;
        declared = await stream.schema();
        stop();
      },
      { isChecked: options.isConfigWhole },
    );
  } catch (thrown) {
    if (thrown instanceof UnknownStreamError) throw thrown;
    error = asEngineError(thrown);
  }
  return {
    ...{ stream: name, exchanges, ...taken, primaryKey, declared, error },
    endsAt: endsAt ?? exchanges.length,
    selectionOf: ({ headers }) => selectionOf(headers),
    logs: messages.flatMap(({ log }) => (log ? [log as Trial['logs'][number]] : [])),
  };
}
