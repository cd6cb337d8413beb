// The format of a file of stream tests: "given these replies, expect these requests and these records". The types, the JSON
// Schema for editors and the validation all come from here.
import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false };
const texts = (description: string) => Type.Record(Type.String(), Type.String(), { description });
const value = (description: string) => Type.Unknown({ description });
const someObject = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description });

const expectedRequest = Type.Object(
  {
    headers: Type.Optional(texts('Headers that the request has, with these values; it may have others.')),
    json: Type.Optional(value('The body, as JSON.')),
    form: Type.Optional(texts('The body, as the fields of a form.')),
  },
  { ...closed, description: 'What the request has to carry; another request is unexpected.' },
);

const reply = {
  status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599, description: 'Status; 200 unless told.' })),
  headers: Type.Optional(texts('Headers of the reply. The type is application/json unless told.')),
  body: Type.Optional(value('Body, sent as JSON. Numbers keep their digits.')),
  text: Type.Optional(Type.String({ description: 'Body, sent as it is written here.' })),
  recording: Type.Optional(
    Type.String({ description: 'Name of a recorded exchange: status, type and body are those of its reply.' }),
  ),
  cut_after: Type.Optional(
    Type.Integer({ minimum: 0, description: 'The connection breaks after so many bytes of the body.' }),
  ),
  fails: Type.Optional(Type.String({ description: 'There is no reply: the connection fails with these words.' })),
  request: Type.Optional(expectedRequest),
  records_at: Type.Optional(
    Type.String({
      description:
        'The rows at this path of the body come out as records, unchanged: "." is the body itself, "data" a field, "*" each value.',
      examples: ['.', 'data', 'data.*.rows'],
    }),
  ),
  repeats: Type.Optional(
    Type.Boolean({ description: 'True when it answers every further request too: for errors that are tried again.' }),
  ),
  optional: Type.Optional(Type.Boolean({ description: 'True when it does not matter whether this is asked.' })),
};
const replySchema = Type.Object(reply, closed);
export type Reply = Static<typeof replySchema>;

/** One reply, or several in turn. No anyOf: each problem is then told once, where it is. */
const replies = Type.Unsafe<Reply | Reply[]>({
  ...replySchema,
  type: ['object', 'array'],
  items: replySchema,
  minItems: 1,
});

const recordsObject = {
  count: Type.Optional(Type.Integer({ minimum: 0, description: 'How many records there are.' })),
  contain: Type.Optional(
    Type.Array(someObject('Fields of a record; it may have others.'), {
      description: 'Records that have at least these fields, in this order. Without `count` there are no others.',
    }),
  ),
  added: Type.Optional(
    Type.Array(Type.String(), { description: 'Fields that every record has beside those of its row (`records_at`).' }),
  ),
  removed: Type.Optional(
    Type.Array(Type.String(), { description: 'Paths of fields of the rows that no record has (`records_at`).' }),
  ),
};
type RecordsObject = Static<ReturnType<typeof Type.Object<typeof recordsObject>>>;

const records = Type.Unsafe<RecordsObject | object[]>({
  ...Type.Object(recordsObject, closed),
  type: ['object', 'array'],
  items: { type: 'object' },
  description:
    'The records, whole and in this order; or what is known of them. None unless told here or by `records_at`.',
});

const error = Type.Object(
  {
    failure_type: Type.Unsafe<'config_error' | 'transient_error' | 'system_error'>({
      enum: ['config_error', 'transient_error', 'system_error'],
      description: 'Whose problem it is.',
    }),
    message: Type.String({ minLength: 1, description: 'A part of the message.' }),
  },
  { ...closed, description: 'The error that the stream ends with; its status is then INCOMPLETE.' },
);

const testCase = Type.Object(
  {
    name: Type.String({ minLength: 1, description: 'What the case shows, as a sentence.' }),
    tags: Type.Optional(Type.Array(Type.String(), { description: 'Marks of your own.' })),
    config: Type.Optional(someObject('Fields of the config that differ from those of the file; null takes one out.')),
    now: Type.Optional(
      Type.String({ description: 'The time at the start, ISO 8601; it moves on while a request waits.' }),
    ),
    verb: Type.Optional(
      Type.Unsafe<'read' | 'discover'>({
        enum: ['read', 'discover'],
        description: 'What is run: read, unless told. Only this stream is discovered.',
      }),
    ),
    sync_mode: Type.Optional(
      Type.Unsafe<'full_refresh' | 'incremental'>({
        enum: ['full_refresh', 'incremental'],
        description: 'How the stream is read: full_refresh unless told.',
      }),
    ),
    state: Type.Optional(someObject('State of the stream that the last sync has left.')),
    replies: Type.Record(Type.String(), replies, {
      description:
        'What the server answers to "METHOD /path?query": one reply, or several in turn. Each is asked once.',
    }),
    requests: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'The requests in their order; the last reply to a request then answers again. Unless told, each reply is asked once.',
      }),
    ),
    records: Type.Optional(records),
    error: Type.Optional(error),
    logs: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Level and a part of the message of logs, such as "WARN is left out". Warnings and errors have to be told.',
      }),
    ),
    listed: Type.Optional(Type.Boolean({ description: 'Whether discover lists the stream: true unless told.' })),
    schema: Type.Optional(someObject('The JSON Schema that discover tells; it may tell more.')),
    undeclared_fields: Type.Optional(
      Type.Array(Type.String(), { description: 'Paths of fields that the records have and the schema does not name.' }),
    ),
    state_after: Type.Optional(someObject('State of the stream at the end.')),
  },
  closed,
);
export type TestCase = Static<typeof testCase>;

export const testFile = Type.Object(
  {
    stream: Type.String({ description: 'Name of the stream.' }),
    recordings: Type.Optional(
      Type.String({ description: 'Folder of recorded exchanges, relative to this file, for `recording`.' }),
    ),
    config: Type.Optional(someObject('Config of every case, unless the case says otherwise.')),
    cases: Type.Array(testCase, { minItems: 1 }),
  },
  {
    ...closed,
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Tests of a stream',
    description: 'Given these replies, expect these requests and these records.',
  },
);
export type TestFile = Static<typeof testFile>;
