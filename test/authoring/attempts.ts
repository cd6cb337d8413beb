// Test reads in this process: a manifest in YAML, and a server that is a list of answers.
import { stripVTControlCharacters, styleText } from 'node:util';
import { type Attempt, attempt, type AttemptOptions } from '../../engine/authoring/trial/attempt.ts';
import { type ShowOptions, trialLines } from '../../engine/authoring/show/trial.ts';
import { type Answer, fakeClient } from '../support/http.ts';
import { readFiles } from '../support/manifest.ts';

const HEAD = `version: 7.39.1
type: DeclarativeSource
check: { type: CheckStream, stream_names: [users] }
spec:
  type: Spec
  connection_specification:
    type: object
    properties:
      key: { type: string, airbyte_secret: true, minLength: 5 }
      password: { type: string, airbyte_secret: true }
`;

/** A stream of `https://example.com/<name>`, with more of the retriever and of the stream. */
export const streamOf = (name: string, retriever = '', more = ''): string => `  - type: DeclarativeStream
    name: ${name}
    primary_key: [id]
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: https://example.com, path: ${name} }
      record_selector:
        type: RecordSelector
        extractor: { type: DpathExtractor, field_path: [data] }
${retriever}    schema_loader:
      type: InlineSchemaLoader
      schema: { type: object, properties: { id: { type: [integer, 'null'] } } }
${more}`;

/** The same where it stands alone, so much further inside. */
export const nested = (stream: string, indent: number): string =>
  stream.replace('  - ', '    ').replaceAll(/^(?=.)/gm, ' '.repeat(indent - 4));

type Asking = Partial<
  Pick<AttemptOptions, 'stream' | 'limit' | 'slices' | 'config' | 'recording' | 'isRecording' | 'clock'>
>;

/** Tries a stream of these; `answers` left out: there is no server. */
export async function tryOf(
  streams: string,
  answers: Record<string, Answer | Answer[]> | undefined,
  asking: Asking = {},
): Promise<Attempt & { asked: string[] }> {
  const { tree, texts } = readFiles({
    'manifest.yaml': streams.includes('version:') ? streams : `${HEAD}streams:\n${streams}`,
  });
  if (texts.length > 0) throw new Error(texts.join('\n'));
  const { client, asked } = fakeClient(answers ?? {});
  const result = await attempt({
    manifest: { tree, folder: '' },
    ...{ stream: 'users', limit: 10, slices: 3, config: {}, recording: undefined, isRecording: false },
    ...{ isDebug: false, signal: undefined, server: answers && client },
    clock: { now: () => Date.UTC(2026, 10, 21), sleep: () => Promise.resolve() },
    ...asking,
  });
  return { ...result, asked: asked.map(({ line }) => line) };
}

/** What is seen of it, without colours; `width` is that of the terminal. */
export function seen({ trial }: Attempt, options: Partial<ShowOptions> = {}, width = 100): string {
  const all: ShowOptions = {
    show: 'all',
    format: 'table',
    place: { shown: 'manifest.yaml:9', language: 'yaml' },
    ...options,
  };
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { validateStream: false });
  return stripVTControlCharacters(trialLines(trial, all, { width, paint }).join('\n'));
}
