// Replaces a value of the config by another one.
import { setAt } from '../../text/json-edit.ts';
import { valueAt } from '../../text/json-path.ts';
import { pythonText } from '../../text/python.ts';
import { component, list, template } from '../component.ts';
import { objectFrom } from '../parts.ts';

export default component({
  kind: 'config_transformation',
  type: 'ConfigRemapField',
  summary: 'Replaces a value of the config by the one that a map gives for it.',
  fields: {
    map: template({
      description: 'New values by old ones.',
      also: ['object'],
      examples: [{ eu: 'https://eu.example.com' }],
    }),
    field_path: list(template({ description: 'A key on the way to the field.' }), {
      description: 'Path of the field.',
      examples: [['region']],
    }),
  },
  examples: ['map:\n  eu: https://eu.example.com\nfield_path: [region]'],
  build: ({ map, field_path }) => ({
    apply(config) {
      const path = field_path.map((key) => key.text({ config }));
      const value = valueAt(config, path);
      const mapping = objectFrom(map.render({ config }), 'map');
      if (value !== undefined && Object.hasOwn(mapping, pythonText(value)))
        setAt(config, path, mapping[pythonText(value)]);
    },
  }),
});
