// What the user can configure, and how configs are brought into shape.
import { anyObject, choice, component, group, optional, slots, text } from '../component.ts';

export default component({
  kind: 'spec',
  type: 'Spec',
  summary: 'Says what the user can configure, and how a config is brought into shape before it is used.',
  fields: {
    connection_specification: anyObject({
      description: 'JSON Schema of the config; the form in the user interface.',
      examples: [
        { type: 'object', required: ['api_key'], properties: { api_key: { type: 'string', airbyte_secret: true } } },
      ],
    }),
    documentation_url: optional(
      text({
        description: "URL of the connector's documentation; left out, the user interface has no link to it.",
        examples: ['https://example.com/docs'],
      }),
    ),
    advanced_auth: optional(
      anyObject({
        description: 'How the user interface gets OAuth credentials; left out, it does not.',
        examples: [{ auth_flow_type: 'oauth2.0' }],
      }),
    ),
    config_normalization_rules: optional(
      group(
        {
          type: optional(
            choice(
              { ConfigNormalizationRules: 'Nothing else stands here.' },
              { description: 'What the reference engine knows these rules by; it may be left out.' },
            ),
          ),
          config_migrations: optional(
            slots('config_migration', {
              description: 'What older configs need, in this order; left out, nothing.',
              defaultType: 'ConfigMigration',
            }),
          ),
          transformations: optional(
            slots('config_transformation', {
              description: 'What is done to every config, in this order; left out, nothing.',
            }),
          ),
          validations: optional(
            slots('config_validation', {
              description: 'What a config has to be; left out, anything that fits connection_specification.',
            }),
          ),
        },
        { description: 'How a config is brought into shape before it is used; left out, it is used as it is.' },
      ),
    ),
  },
  examples: [
    'connection_specification:\n  type: object\n  required: [api_key]\n  properties:\n    api_key:\n      type: string\n      airbyte_secret: true',
  ],
  build({ connection_specification, documentation_url, advanced_auth, config_normalization_rules: rules = {} }, scope) {
    const changes = [
      ...(rules.config_migrations ?? []).map((migration) => scope.build(migration)),
      ...(rules.transformations ?? []).map((transformation) => scope.build(transformation)),
    ];
    const validations = (rules.validations ?? []).map((validation) => scope.build(validation));
    return {
      connectorSpecification: {
        ...(documentation_url === undefined ? {} : { documentationUrl: documentation_url }),
        connectionSpecification: connection_specification,
        ...(advanced_auth === undefined ? {} : { advanced_auth }),
      },
      async normalize(config) {
        const normalized = structuredClone(config);
        for (const change of changes) change.apply(normalized);
        for (const validation of validations) await validation.validate(normalized);
        return normalized;
      },
    };
  },
});
