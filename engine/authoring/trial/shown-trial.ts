// A test read as it may be shown: without credentials.
import type { EngineError } from '../../errors.ts';
import type { Redactor } from '../../protocol/redact.ts';
import { isJsonObject, type JsonObject, parseJson, stringifyJson } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import type { Change } from './changes.ts';
import { hideInJsonText, redactJsonText, type ShownExchange, shown } from './hide.ts';
import type { Selection } from './selection.ts';
import type { Trial } from './trial.ts';

/** What a transformation did to a field; values are JSON text. */
export interface ShownChange extends Pick<Change, 'kind' | 'count'> {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

export interface ShownSelection extends Pick<Selection, 'found' | 'kept' | 'outside'> {
  readonly stream: string;
  /** Path of the records, as the manifest has it; undefined for an extractor without one. */
  readonly path: readonly string[] | undefined;
  /** Condition of the filter. */
  readonly condition: string | undefined;
  readonly changes: readonly ShownChange[];
}

export interface ShownEntry {
  readonly exchange: ShownExchange;
  /** What became of the reply, if records were looked for in it. */
  readonly selection: ShownSelection | undefined;
}

export interface ShownTrial extends Omit<Trial, 'exchanges' | 'selectionOf' | 'records' | 'error'> {
  readonly exchanges: readonly ShownEntry[];
  readonly records: readonly JsonObject[];
  readonly error: Pick<EngineError, 'message' | 'failureType'> | undefined;
}

function shownSelection({ from, found, kept, outside, changes }: Selection, redactor: Redactor): ShownSelection {
  const { extractor, record_filter: filter } = from.selector;
  const path = isJsonObject(extractor) ? extractor['field_path'] : undefined;
  const condition = isJsonObject(filter) ? filter['condition'] : undefined;
  const valueText = (value: unknown): string | undefined =>
    value === undefined ? undefined : hideInJsonText(stringifyJson(value), redactor);
  return {
    ...{ stream: from.stream, found, kept, outside },
    path: Array.isArray(path) ? path.map(String) : undefined,
    condition: condition === undefined ? undefined : pythonText(condition),
    changes: [...changes].map(([name, { kind, count, before, after }]) => ({
      ...{ path: name, kind, count, before: valueText(before), after: valueText(after) },
    })),
  };
}

/** Call it at the end, when all secrets are known. */
export function shownTrial(trial: Trial, redactor: Redactor): ShownTrial {
  const { exchanges, selectionOf, records, error, logs, slices, ...rest } = trial;
  const objectOf = (text: string): JsonObject => parseJson(redactJsonText(text, redactor)) as JsonObject;
  return {
    ...rest,
    exchanges: exchanges.map((exchange) => {
      const selection = selectionOf(exchange);
      const isLogin = exchange.purpose === 'login' && !selection;
      return {
        exchange: shown(exchange, redactor, isLogin),
        selection: selection && shownSelection(selection, redactor),
      };
    }),
    records: records.map((bytes) => objectOf(Buffer.from(bytes).toString())),
    slices: slices.map((slice) => ({ ...slice, values: objectOf(stringifyJson(slice.values)) })),
    logs: redactor.redact(logs),
    error: error && { message: redactor.redact(error.message), failureType: error.failureType },
  };
}
