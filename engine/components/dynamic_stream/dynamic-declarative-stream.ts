// Streams that are known only with a config, or from the server: a template, and a resolver that says what to make of it.
import { ConfigError } from '../../errors.ts';
import { boolean, component, optional, slot, template, text } from '../component.ts';
import type { FoundStream, Resolved } from '../kinds.ts';

export default component({
  kind: 'dynamic_stream',
  type: 'DynamicDeclarativeStream',
  summary: 'Makes streams of a template, one for each thing that a resolver finds in the config or on the server.',
  fields: {
    name: optional(
      text({
        description: 'What the streams have in common, for messages; left out, they are "dynamic streams".',
        examples: ['reports'],
      }),
    ),
    stream_template: slot('stream', {
      description: 'The stream that all of them are made of; the resolver changes its fields.',
      defaultType: 'DeclarativeStream',
    }),
    components_resolver: slot('components_resolver', { description: 'Says which streams there are.' }),
    use_parent_parameters: optional(
      boolean({
        description: 'When true, $parameters that the resolver changes win over those of the components inside.',
        default: true,
      }),
    ),
    stable_prefix: optional(
      template({
        description:
          'Start of the name that stays when the rest of it changes on the server: a configured stream whose name starts so is this one. Left out, the whole name counts.',
        variables: ['components_values', 'stream_slice', 'stream_partition'],
        examples: ["report_{{ stream_slice['id'] }}_"],
        extension: { without: 'a stream that gets another name on the server is a new one' },
      }),
    ),
  },
  examples: [
    'stream_template:\n  name: report\n  retriever:\n    requester:\n      url: https://example.com/reports\n    record_selector:\n      extractor:\n        field_path: []\ncomponents_resolver:\n  type: ConfigComponentsResolver\n  stream_config:\n    configs_pointer: [reports]\n  components_mapping:\n    - field_path: [name]\n      value: "{{ components_values[\'name\'] }}"',
  ],
  build(fields, scope) {
    const { name = 'dynamic streams', stream_template, use_parent_parameters = true, stable_prefix } = fields;
    const resolver = scope.build(fields.components_resolver, { streamName: name, readStream: name });

    function found(resolved: Resolved): FoundStream {
      const isKnown = !('error' in resolved) || stable_prefix?.mentions('components_values') === false;
      const stablePrefix = isKnown ? stable_prefix?.text(resolved.variables) : undefined;
      if ('error' in resolved) {
        const build = () => {
          throw resolved.error;
        };
        return { name: undefined, stablePrefix, build };
      }
      const slotWith = (changes: typeof resolved.changes) =>
        scope.adapted(stream_template, changes, { areParentsFirst: use_parent_parameters });
      const stream = slotWith(resolved.changes);
      if (typeof stream.name !== 'string' || stream.name === '') {
        throw new ConfigError(`${name}: a stream needs a name, not ${JSON.stringify(stream.name)}.`);
      }
      return {
        name: stream.name,
        stablePrefix,
        build(asked = stream.name) {
          if (asked === stream.name) return scope.build(stream);
          return scope.build(slotWith([...resolved.changes, { path: ['name'], value: asked, creates: true }]));
        },
      };
    }

    return {
      async *find() {
        for await (const resolved of resolver.resolve(scope.described(stream_template))) yield found(resolved);
      },
    };
  },
});
