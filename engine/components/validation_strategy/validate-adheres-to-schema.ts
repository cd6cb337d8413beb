// Checks a value against a JSON Schema.
import { ConfigError } from '../../errors.ts';
import { component, template } from '../component.ts';
import { objectFrom } from '../parts.ts';

/** Text is taken for JSON, as the reference engine does. Throws ConfigError. */
function parsed(value: unknown, what: string): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (cause) {
    throw new ConfigError(`The config's ${what} is not JSON. Correct it.`, { cause });
  }
}

export default component({
  kind: 'validation_strategy',
  type: 'ValidateAdheresToSchema',
  summary: 'Checks that a value, or the JSON text it is, adheres to a JSON Schema.',
  fields: {
    base_schema: template({ description: 'The JSON Schema.', examples: [{ enum: ['eu', 'us'] }], also: ['object'] }),
  },
  examples: ['base_schema:\n  type: object'],
  build: ({ base_schema }) => ({
    async validate(value, what) {
      // Loaded only here: few manifests validate values.
      const { complaintsAbout } = await import('../../text/json-schema.ts');
      const schema = base_schema.render();
      const parsedSchema = objectFrom(typeof schema === 'string' ? JSON.parse(schema) : schema, 'base_schema');
      const complaints = complaintsAbout(parsed(value, what), parsedSchema);
      if (complaints.length > 0) throw new ConfigError(`The config's ${what} is not right: ${complaints.join('; ')}.`);
    },
  }),
});
