// Picks one of several authenticators by a value of the config.
import { ConfigError } from '../../errors.ts';
import { valueAt } from '../../text/json-path.ts';
import { pythonText } from '../../text/python.ts';
import { component, list, slotMap, text } from '../component.ts';

export default component({
  kind: 'authenticator',
  type: 'SelectiveAuthenticator',
  summary: 'Picks one of several authenticators by a value of the config.',
  fields: {
    authenticator_selection_path: list(text({ description: 'A key on the way to the value.' }), {
      description: 'Path of the value in the config.',
      examples: [['credentials', 'auth_type']],
    }),
    authenticators: slotMap('authenticator', { description: 'The authenticators by the values that pick them.' }),
  },
  examples: [
    'authenticator_selection_path: [auth_type]\nauthenticators:\n  none:\n    type: NoAuth\n  token:\n    type: BearerAuthenticator\n    api_token: "{{ config[\'token\'] }}"',
  ],
  build({ authenticator_selection_path: path, authenticators }, scope) {
    const value = valueAt(scope.config, path);
    const chosen = authenticators[pythonText(value)];
    if (chosen) return scope.build(chosen, { ...scope });
    const names = Object.keys(authenticators).join(', ');
    throw new ConfigError(
      value === undefined
        ? `The config has no "${path.join('.')}", which says how to log in. It is one of: ${names}.`
        : `The config's "${path.join('.')}" is "${pythonText(value)}", but it has to be one of: ${names}.`,
    );
  },
});
