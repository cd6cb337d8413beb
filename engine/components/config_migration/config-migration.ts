// Carries configs of an older version of a connector over.
import { component, optional, slots, text } from '../component.ts';

export default component({
  kind: 'config_migration',
  type: 'ConfigMigration',
  summary: 'Carries the configs of an older version of the connector over.',
  fields: {
    description: optional(
      text({
        description: 'What the migration is for; left out, nothing changes.',
        examples: ['The region has a new name.'],
      }),
    ),
    transformations: slots('config_transformation', { description: 'What is done to the config, in this order.' }),
  },
  examples: ['transformations:\n  - type: ConfigRemoveFields\n    field_pointers:\n      - [old_field]'],
  build({ transformations }, scope) {
    const built = transformations.map((transformation) => scope.build(transformation));
    return {
      apply(config) {
        for (const transformation of built) transformation.apply(config);
      },
    };
  },
});
