// Reads what has changed since the last sync, by a datetime of the records.
import type { Duration } from 'luxon';
import { ConfigError, SystemError } from '../../errors.ts';
import { parseDuration } from '../../text/datetime.ts';
import { isJsonObject, type JsonObject } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import type { Row } from '../../text/row.ts';
import type { Template } from '../../text/template.ts';
import { formatTimestamp, later, parseTimestamp } from '../../text/timestamp.ts';
import { boolean, component, list, optional, slot, slotOrTemplate, template, text } from '../component.ts';
import { momentIn } from '../moment.ts';
import { mergeParts } from '../parts.ts';
import { slicesOf } from './slices.ts';

/** A duration of the manifest; undefined when it is left out or empty. Throws ConfigError. */
function durationOf(written: Template | string | undefined, field: string): Duration | undefined {
  const source = typeof written === 'object' ? written.text() : (written ?? '');
  if (source === '' || source === 'None') return undefined;
  try {
    return parseDuration(source).duration;
  } catch {
    throw new ConfigError(`The ${field} "${source}" is not an ISO 8601 duration such as P1D or PT1H.`);
  }
}

const moment = { defaultType: 'MinMaxDatetime' };

export default component({
  kind: 'incremental_sync',
  type: 'DatetimeBasedCursor',
  summary: 'Reads the records that a datetime of theirs says to be new since the last sync, in slices of time.',
  fields: {
    cursor_field: template({ description: 'Field of the records with the datetime.', examples: ['updated_at'] }),
    datetime_format: text({
      description: 'Format of the datetimes in requests and in the state.',
      examples: ['%Y-%m-%dT%H:%M:%S.%f%z', '%s', '%ms'],
    }),
    cursor_datetime_formats: optional(
      list(text({ description: 'A format.' }), {
        description:
          'Formats of the datetimes in records, tried in this order; datetime_format comes last. Left out, there is no other.',
        examples: [['%Y-%m-%dT%H:%M:%S.%f%z', '%Y-%m-%d']],
      }),
    ),
    start_datetime: slotOrTemplate('datetime', { description: 'Where the first sync begins.', ...moment }),
    end_datetime: optional(
      slotOrTemplate('datetime', { description: 'Where every sync ends; left out, it is now.', ...moment }),
    ),
    step: optional(
      template({ description: 'Length of a slice, ISO 8601; left out, there is one.', examples: ['P30D', 'P1M'] }),
    ),
    cursor_granularity: optional(
      text({
        description:
          'Smallest difference of two datetimes: a slice ends so much before the next. Left out, it ends where the next begins; a step needs one.',
        examples: ['PT1S'],
      }),
    ),
    lookback_window: optional(
      template({
        description: 'So much before the end of the last sync is read again. Left out, nothing is.',
        examples: ['P1D'],
      }),
    ),
    start_time_option: optional(
      slot('request_option', {
        description:
          'Where the start of the slice goes; left out, the request has it in a template, as stream_interval.start_time.',
        defaultType: 'RequestOption',
      }),
    ),
    end_time_option: optional(
      slot('request_option', {
        description:
          'Where the end of the slice goes; left out, the request has it in a template, as stream_interval.end_time.',
        defaultType: 'RequestOption',
      }),
    ),
    partition_field_start: optional(
      template({
        description: 'Name of the start of the slice in stream_interval.',
        default: 'start_time',
        examples: ['since'],
      }),
    ),
    partition_field_end: optional(
      template({
        description: 'Name of the end of the slice in stream_interval.',
        default: 'end_time',
        examples: ['until'],
      }),
    ),
    is_data_feed: optional(
      boolean({
        description:
          'True when the server cannot filter and gives the newest first: older ones are left out and end the pages.',
        default: false,
      }),
    ),
    is_client_side_incremental: optional(
      boolean({
        description: 'True when the server cannot filter: records of another time are left out.',
        default: false,
      }),
    ),
    global_substream_cursor: optional(
      boolean({
        description:
          'True when one state is that of all partitions of the partition_router together: it moves on when the last of them has been read.',
        default: false,
      }),
    ),
    is_compare_strictly: optional(
      boolean({ description: 'True when the server refuses a slice that begins where it ends.', default: false }),
    ),
  },
  examples: [
    'cursor_field: updated_at\ndatetime_format: "%Y-%m-%dT%H:%M:%SZ"\nstart_datetime: "2024-01-01T00:00:00Z"\nstart_time_option:\n  inject_into: request_parameter\n  field_name: since',
    'cursor_field: day\ndatetime_format: "%Y-%m-%d"\nstart_datetime:\n  datetime: "2024-01-01"\nstep: P30D\ncursor_granularity: P1D',
  ],
  notYet: ['allow_catalog_defined_cursor_field', 'clamping'],
  build(fields, scope) {
    const { datetime_format, cursor_datetime_formats = [], is_data_feed = false, is_client_side_incremental } = fields;
    const isGlobal = fields.global_substream_cursor === true;
    const name = scope.streamName ?? 'stream';
    const field = fields.cursor_field.text();
    const formats = [...cursor_datetime_formats, datetime_format];
    const [startField, endField] = [
      fields.partition_field_start?.text() ?? 'start_time',
      fields.partition_field_end?.text() ?? 'end_time',
    ];
    const startOption = fields.start_time_option && scope.build(fields.start_time_option);
    const endOption = fields.end_time_option && scope.build(fields.end_time_option);
    if ((fields.step === undefined) !== (fields.cursor_granularity === undefined)) {
      throw new SystemError(`${name}: a DatetimeBasedCursor needs both step and cursor_granularity, or neither.`);
    }
    let isWarned = false;

    const parse = (value: unknown): number | undefined => {
      if (value === undefined || value === null) return undefined;
      const source = pythonText(value);
      for (const format of formats) {
        const parsed = parseTimestamp(source, format);
        if (parsed !== undefined) return parsed;
      }
      return undefined;
    };

    /** The datetime of a record. Without one the record is read like any other, but the state does not follow it. */
    function momentOf(row: Row): number | undefined {
      const parsed = parse(row.value()[field]);
      if (parsed === undefined && !isWarned) {
        isWarned = true;
        scope.log(
          'WARN',
          `${name}: records without a datetime in "${field}" are read every time: no state can tell them from new ones.`,
        );
      }
      return parsed;
    }

    /** Where the last sync ended. Throws ConfigError for a state that cannot be understood. */
    function endOf(whole: JsonObject): number | undefined {
      // What the reference engine leaves has the state of all partitions one level below.
      const state = isGlobal && isJsonObject(whole['state']) ? whole['state'] : whole;
      const [slice] = Array.isArray(state['slices']) ? (state['slices'] as JsonObject[]) : [];
      const value = slice ? (slice['most_recent_cursor_value'] ?? slice['end']) : state[field];
      if (value === undefined || value === null) return undefined;
      const parsed = parse(value);
      if (parsed !== undefined) return parsed;
      throw new ConfigError(
        `The state of ${name} says "${pythonText(value)}", which does not fit the format "${datetime_format}". Reset the stream.`,
      );
    }

    return {
      cursorField: field,
      isDataFeed: is_data_feed,
      isGlobal,
      begin(state = {}) {
        const start = momentIn(fields.start_datetime, scope, datetime_format);
        const now = (): number => scope.clock.now() * 1000;
        const end = fields.end_datetime ? momentIn(fields.end_datetime, scope, datetime_format) : now();
        const lookback = durationOf(fields.lookback_window, 'lookback_window');
        const step = durationOf(fields.step, 'step');
        const granularity = durationOf(fields.cursor_granularity, 'cursor_granularity');
        if (step && later(start, step) <= start)
          throw new ConfigError(`${name}: a step of nothing would never end. Give it a length, such as P1D.`);

        const before = Math.max(start, endOf(state) ?? start);
        let reached = before;
        const lowest = Math.max(start, lookback ? later(reached, lookback.negate()) : reached);
        // Slices run side by side, and records come in any order: the latest of a slice counts when the slice has ended.
        const latest = new WeakMap<object, number>();
        const slices = slicesOf({
          start: lowest,
          end,
          step,
          granularity,
          isStrict: fields.is_compare_strictly === true,
        });
        const own = ['state_type', 'slices', '__ab_no_cursor_state_message'];
        const rest = isGlobal ? {} : Object.fromEntries(Object.entries(state).filter(([key]) => !own.includes(key)));
        return {
          slices: slices.map((slice) => ({
            [startField]: formatTimestamp(slice.start, datetime_format),
            [endField]: formatTimestamp(slice.end, datetime_format),
          })),
          inject: ({ values }) =>
            mergeParts(startOption?.parts(values[startField]) ?? {}, endOption?.parts(values[endField]) ?? {}),
          isBefore: (row) => (momentOf(row) ?? Infinity) < lowest,
          keeps(row) {
            if (!is_data_feed && is_client_side_incremental !== true) return true;
            const at = momentOf(row);
            return at === undefined || (at >= lowest && at <= (fields.end_datetime ? end : now()));
          },
          seen(row, partition) {
            const at = momentOf(row);
            if (at !== undefined) latest.set(partition, Math.max(at, latest.get(partition) ?? -Infinity));
          },
          ended(partition) {
            // What changed after the slice was asked for may be missing in it: the state stays within the slice.
            const last = parse(partition.values[endField]) ?? end;
            reached = Math.max(reached, Math.min(latest.get(partition) ?? -Infinity, last));
          },
          state: (isComplete = false) => ({
            ...rest,
            [field]: formatTimestamp(isGlobal && !isComplete ? before : reached, datetime_format),
          }),
        };
      },
    };
  },
});
