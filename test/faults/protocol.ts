// What the executable wrote, as messages of the protocol. A line that is none is a complaint.
export interface StreamRun {
  statuses: string[];
  isRateLimited: boolean;
  /** The bytes of each record, as text. */
  records: string[];
  /** recordCount of each STATE. */
  states: number[];
  errors: TraceError[];
  /** Kinds of messages of the stream in order, records in a row as one. */
  order: string[];
}

export interface TraceError {
  message: string;
  internal_message: string;
  stack_trace: string;
  failure_type: string;
  stream_descriptor?: { name: string };
}

export interface Output {
  complaints: string[];
  streams: Map<string, StreamRun>;
  errors: TraceError[];
  logs: string[];
  connection: { status: string; message?: string } | undefined;
  types: string[];
  quotaResets: number[];
}

type Fields = Record<string, unknown>;
type Check = (value: unknown) => boolean;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const text: Check = (value) => typeof value === 'string';
const wholeNumber: Check = (value) => Number.isInteger(value);
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string);
const shape =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isFields(value) && Object.entries(fields).every(([name, check]) => check(value[name]));
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const either =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

const descriptor = shape({ name: text });
const streamStatus = shape({
  type: oneOf('STREAM_STATUS'),
  emitted_at: wholeNumber,
  stream_status: shape({
    stream_descriptor: descriptor,
    status: oneOf('STARTED', 'RUNNING', 'COMPLETE', 'INCOMPLETE'),
    reasons: optional(
      listOf(shape({ type: oneOf('RATE_LIMITED'), rate_limited: optional(shape({ quota_reset: wholeNumber })) })),
    ),
  }),
});
const error = shape({
  type: oneOf('ERROR'),
  emitted_at: wholeNumber,
  error: shape({
    message: (value) => text(value) && value !== '',
    internal_message: text,
    stack_trace: text,
    failure_type: oneOf('config_error', 'transient_error', 'system_error'),
    stream_descriptor: optional(descriptor),
  }),
});

/** The member that a type names, and its shape (airbyte_protocol.yaml 0.18). */
const members: Readonly<Record<string, readonly [string, Check]>> = {
  LOG: ['log', shape({ level: oneOf('FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'), message: text })],
  RECORD: ['record', shape({ stream: text, data: isFields, emitted_at: wholeNumber })],
  STATE: [
    'state',
    shape({
      type: oneOf('STREAM'),
      stream: shape({ stream_descriptor: descriptor, stream_state: isFields }),
      sourceStats: shape({ recordCount: wholeNumber }),
    }),
  ],
  TRACE: ['trace', either(streamStatus, error)],
  SPEC: ['spec', shape({ connectionSpecification: isFields })],
  CATALOG: ['catalog', shape({ streams: listOf(shape({ name: text, json_schema: isFields })) })],
  CONNECTION_STATUS: ['connectionStatus', shape({ status: oneOf('SUCCEEDED', 'FAILED'), message: optional(text) })],
};

const RECORD_LINE = /^\{"type":"RECORD","record":\{"stream":"[^"]+","data":(.*),"emitted_at":\d+\}\}$/s;

export function outputOf(stdout: string): Output {
  const output: Output = {
    complaints: [],
    streams: new Map(),
    errors: [],
    logs: [],
    connection: undefined,
    types: [],
    quotaResets: [],
  };
  const lines = stdout.split('\n');
  if (lines.pop() !== '') output.complaints.push('the last line has no end');
  for (const line of lines) {
    const problem = read(line, output);
    if (problem !== undefined) output.complaints.push(`${problem}: ${line.slice(0, 300)}`);
  }
  return output;
}

/** Takes a line in; what is wrong with it, if something is. */
function read(line: string, output: Output): string | undefined {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (!isFields(message)) return 'not an object';
  const type = String(message['type']);
  const [member = '', check = () => false] = members[type] ?? [];
  if (!check(message[member])) return `not a right ${type}`;
  output.types.push(type);
  const content = message[member] as Fields;
  if (type === 'LOG') output.logs.push(content['message'] as string);
  if (type === 'CONNECTION_STATUS') output.connection = content as Output['connection'];
  if (type === 'RECORD') {
    const run = runOf(output, content['stream'] as string);
    run.records.push(RECORD_LINE.exec(line)?.[1] ?? '');
    if (run.order.at(-1) !== 'RECORD') run.order.push('RECORD');
  }
  if (type === 'STATE') {
    const { stream, sourceStats } = content as { stream: Fields; sourceStats: { recordCount: number } };
    const run = runOf(output, nameIn(stream));
    run.states.push(sourceStats.recordCount);
    run.order.push('STATE');
  }
  if (type === 'TRACE') trace(content, output);
  return undefined;
}

function trace(content: Fields, output: Output): void {
  if (content['type'] === 'ERROR') {
    const found = content['error'] as TraceError;
    output.errors.push(found);
    if (found.stream_descriptor) runOf(output, found.stream_descriptor.name).errors.push(found);
    return;
  }
  const status = content['stream_status'] as Fields & {
    reasons?: { rate_limited: { quota_reset: number } }[];
  };
  const run = runOf(output, nameIn(status));
  if (status.reasons) {
    run.isRateLimited = true;
    output.quotaResets.push(...status.reasons.map(({ rate_limited }) => rate_limited.quota_reset));
    return;
  }
  run.statuses.push(status['status'] as string);
  run.order.push(status['status'] as string);
}

const nameIn = (fields: Fields): string => (fields['stream_descriptor'] as { name: string }).name;

function runOf({ streams }: Output, name: string): StreamRun {
  const known = streams.get(name) ?? {
    statuses: [],
    isRateLimited: false,
    records: [],
    states: [],
    errors: [],
    order: [],
  };
  streams.set(name, known);
  return known;
}
