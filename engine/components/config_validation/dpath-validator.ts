// Checks a field of the config.
import { valuesAt } from '../../text/json-path.ts';
import { component, list, slot, template } from '../component.ts';

export default component({
  kind: 'config_validation',
  type: 'DpathValidator',
  summary: 'Checks the values at a path of the config; a path that leads nowhere is not checked.',
  fields: {
    field_path: list(template({ description: 'A key on the way to the value; * stands for every key.' }), {
      description: 'Path of the value.',
      examples: [['region'], ['accounts', '*', 'id']],
    }),
    validation_strategy: slot('validation_strategy', { description: 'What the value has to be.' }),
  },
  examples: [
    'field_path: [region]\nvalidation_strategy:\n  type: ValidateAdheresToSchema\n  base_schema:\n    enum: [eu, us]',
  ],
  build({ field_path, validation_strategy }, scope) {
    const strategy = scope.build(validation_strategy);
    return {
      validate(config) {
        const path = field_path.map((key) => key.text({ config }));
        return Promise.all(valuesAt(config, path).map((value) => strategy.validate(value, path.join('.'))));
      },
    };
  },
});
