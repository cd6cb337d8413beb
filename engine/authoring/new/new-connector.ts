// The manifest of a connector that has no stream yet: where requests go, with which credentials, and what the user configures.
import { stringify } from 'yaml';
import type { JsonObject } from '../../text/json.ts';

interface Credentials {
  readonly authenticator: JsonObject | undefined;
  /** The fields of the config that it needs. */
  readonly fields: Readonly<Record<string, JsonObject>>;
}

const secret = (title: string, description: string): JsonObject => ({
  ...{ type: 'string', title, description, airbyte_secret: true },
});

/** The ways to log in that are offered; the others of the language are written by hand. */
export const credentials = {
  none: { authenticator: undefined, fields: {} },
  'api-key': {
    authenticator: {
      type: 'ApiKeyAuthenticator',
      api_token: "{{ config['api_key'] }}",
      inject_into: { type: 'RequestOption', inject_into: 'header', field_name: 'X-API-Key' },
    },
    fields: { api_key: secret('API Key', 'The key that every request carries.') },
  },
  bearer: {
    authenticator: { type: 'BearerAuthenticator', api_token: "{{ config['api_token'] }}" },
    fields: { api_token: secret('API Token', 'The token that every request carries.') },
  },
  basic: {
    authenticator: {
      type: 'BasicHttpAuthenticator',
      username: "{{ config['username'] }}",
      password: "{{ config['password'] }}",
    },
    fields: {
      username: { type: 'string', title: 'Username', description: 'The name to log in with.' },
      password: secret('Password', 'The password of this user.'),
    },
  },
} satisfies Record<string, Credentials>;

export type CredentialsName = keyof typeof credentials;

export interface NewConnectorOptions {
  /** For people: the name of the service. */
  readonly title: string;
  /** Address that the paths of streams follow. */
  readonly url: string;
  readonly auth: CredentialsName;
  /** Where editors find the schema of the language. */
  readonly editorSchema: string | undefined;
}

const section = (value: JsonObject): string => stringify(value, { lineWidth: 0 });

/** The text of manifest.yaml. */
export function newConnector({ title, url, auth, editorSchema }: NewConnectorOptions): string {
  const { authenticator, fields }: Credentials = credentials[auth];
  const requester = {
    type: 'HttpRequester',
    url_base: url,
    http_method: 'GET',
    ...(authenticator && { authenticator }),
  };
  const specification = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    type: 'object',
    additionalProperties: true,
    required: Object.keys(fields),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field], order) => [name, { ...field, order }])),
  };
  const definitions = section({ definitions: { requester } });
  return [
    ...(editorSchema === undefined ? [] : [`# yaml-language-server: $schema=${editorSchema}`]),
    `# Reads ${title}. The streams stand in streams/, their schemas in schemas/, their tests in test/streams/.`,
    section({ version: '7.39.1', type: 'DeclarativeSource' }),
    section({ check: { type: 'CheckStream', stream_names: [] } }),
    section({ streams: [] }),
    definitions.replace('\n', '\n  # Where requests go, with which credentials. The streams refer to it.\n'),
    section({ spec: { type: 'Spec', connection_specification: specification } }).trimEnd(),
    '',
  ].join('\n');
}
