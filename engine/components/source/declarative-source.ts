// The whole connector.
import type { Stream } from '../kinds.ts';
import { anyObject, component, number, optional, slot, slots, text } from '../component.ts';

export default component({
  kind: 'source',
  type: 'DeclarativeSource',
  summary: 'A connector: its streams, how a connection is checked and what the user can configure.',
  fields: {
    version: text({ description: 'Version of the language that the manifest is written in.', examples: ['7.0.0'] }),
    check: slot('check', { description: 'How a connection is checked.', defaultType: 'CheckStream' }),
    streams: slots('stream', { description: 'The streams.', defaultType: 'DeclarativeStream' }),
    dynamic_streams: optional(
      slots('dynamic_stream', {
        description: 'Streams that are known only with a config, or from the server. Left out, there are none.',
        defaultType: 'DynamicDeclarativeStream',
      }),
    ),
    spec: optional(
      slot('spec', { description: 'What the user can configure; left out, nothing.', defaultType: 'Spec' }),
    ),
    concurrency_level: optional(
      slot('concurrency', {
        description: 'How many requests may be in flight; left out, 8.',
        defaultType: 'ConcurrencyLevel',
      }),
    ),
    description: optional(
      text({
        description: 'What the connector is for; left out, nothing changes.',
        examples: ['Reads the users and teams of Example.'],
      }),
    ),
    definitions: optional(
      anyObject({
        description: 'Things for $ref to refer to; left out, there are none.',
        examples: [{ requester: { type: 'HttpRequester', url_base: 'https://example.com/api' } }],
      }),
    ),
    schemas: optional(
      anyObject({
        description: 'Schemas for $ref to refer to; left out, there are none.',
        examples: [{ users: { type: 'object', properties: {} } }],
      }),
    ),
    metadata: optional(
      anyObject({
        description: 'Notes of other tools; left out, nothing changes.',
        examples: [{ autoImportSchema: { users: true } }],
      }),
    ),
    max_concurrent_async_job_count: optional(
      number({
        description: 'Accepted and not needed here: with it or left out, there are no such jobs.',
        examples: [1],
      }),
    ),
  },
  examples: [
    'version: 7.0.0\ncheck:\n  stream_names: [users]\nstreams:\n  - name: users\n    retriever:\n      requester:\n        url: https://example.com/users\n      record_selector:\n        extractor:\n          field_path: []',
  ],
  notYet: ['api_budget', 'stream_groups'],
  build({ check, streams, dynamic_streams = [] }, scope) {
    // Built when they are asked for: a stream that is not read costs nothing and needs no reply of its own.
    const built = new Map<string, Stream>();
    return {
      check: scope.build(check),
      dynamicStreams: () => dynamic_streams.map((dynamic) => scope.build(dynamic)),
      streamNames: streams.map(({ name }) => name),
      stream(name) {
        const slot = streams.find((stream) => stream.name === name);
        const stream = built.get(name) ?? (slot && scope.build(slot));
        if (stream) built.set(name, stream);
        return stream;
      },
    };
  },
});
