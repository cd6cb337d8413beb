// Checks a value that is made of the config.
import { component, slot, template } from '../component.ts';

export default component({
  kind: 'config_validation',
  type: 'PredicateValidator',
  summary: 'Checks a value that a template makes of the config.',
  fields: {
    value: template({
      description: 'The value to check.',
      examples: ["{{ config['version'] }}"],
      also: ['number', 'boolean', 'object', 'array'],
    }),
    validation_strategy: slot('validation_strategy', { description: 'What the value has to be.' }),
  },
  examples: [
    'value: "{{ config[\'version\'] }}"\nvalidation_strategy:\n  type: ValidateAdheresToSchema\n  base_schema:\n    type: string',
  ],
  build({ value, validation_strategy }, scope) {
    const strategy = scope.build(validation_strategy);
    return { validate: (config) => strategy.validate(value.render({ config }), 'a value made of the config') };
  },
});
