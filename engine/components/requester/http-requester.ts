// Makes the HTTP request of a stream or of a login out of templates.
import { ConfigError, SystemError } from '../../errors.ts';
import { parseJson } from '../../text/json.ts';
import { pythonText } from '../../text/python.ts';
import type { Template, Variables } from '../../text/template.ts';
import { boolean, choice, component, number, optional, slot, template } from '../component.ts';
import type { OutgoingRequest, PartialParts, RequestContext } from '../kinds.ts';
import { mergeParts, objectFrom } from '../parts.ts';
import { fixedUrl, followUrl, isLoopback, joinUrl } from '../url.ts';
import { partitionVariables, requestVariables } from '../variables.ts';

const variables = requestVariables;
const noAuth = { credentials: () => Promise.resolve({}) };

const textValues = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, pythonText(value)]));

/** A JSON body may be written as an object or as the text of one. */
function jsonBody(field: Template | undefined, context: Variables): Record<string, unknown> {
  const value = field?.render(context);
  return objectFrom(typeof value === 'string' && value !== '' ? parseJson(value) : value, 'request_body_json');
}

/** A form body may be written as an object or as ready text. */
function formBody(field: Template | undefined, context: Variables): Partial<OutgoingRequest> {
  const value = field?.render(context);
  return typeof value === 'string' ? { bodyText: value } : { bodyForm: objectFrom(value, 'request_body_data') };
}

const hasBody = ({ bodyText = '', bodyJson, bodyForm }: Omit<OutgoingRequest, 'method' | 'url'>): boolean =>
  bodyText !== '' || Object.keys(bodyJson).length + Object.keys(bodyForm).length > 0;

export default component({
  kind: 'requester',
  type: 'HttpRequester',
  summary: 'Describes an HTTP request: URL, method, parameters, headers, body, credentials and what to do with errors.',
  fields: {
    url_base: optional(
      template({
        description: 'Start of the URL; left out, url has it.',
        variables,
        examples: ['https://example.com/api/'],
      }),
    ),
    url: optional(
      template({
        description: 'The whole URL; left out, it is made of url_base and path.',
        variables,
        examples: ['https://example.com/api/users'],
      }),
    ),
    path: optional(
      template({
        description: 'Rest of the URL, below url_base; left out, there is none.',
        variables,
        examples: ['users', 'users/{{ stream_partition.id }}'],
      }),
    ),
    http_method: optional(
      choice(
        { GET: 'Asks.', POST: 'Asks with a body, or logs in.', DELETE: "Logs out; unknown to Airbyte's own engine." },
        {
          description: 'The HTTP method.',
          default: 'GET',
        },
      ),
    ),
    authenticator: optional(slot('authenticator', { description: 'The credentials to send along; left out, none.' })),
    request_parameters: optional(
      template({
        description: 'Query parameters; a list repeats its key, empty ones are not sent. Left out, there are none.',
        examples: [{ limit: '100', since: "{{ stream_interval['start_time'] }}" }],
        also: ['object'],
        variables,
      }),
    ),
    request_headers: optional(
      template({
        description: 'Headers; left out, those of every request only.',
        examples: [{ Accept: 'application/json' }],
        also: ['object'],
        variables,
      }),
    ),
    request_body_data: optional(
      template({
        description: 'A form (an object) or text to send as the body; left out, none.',
        examples: [{ grant_type: 'password' }, 'ids=1,2'],
        also: ['object'],
        variables,
      }),
    ),
    request_body_json: optional(
      template({
        description: 'JSON to send as the body; left out, none.',
        examples: [{ query: "{{ config['query'] }}" }],
        also: ['object'],
        variables,
      }),
    ),
    request_body: optional(
      slot('request_body', {
        description: 'The body, by its kind; left out, request_body_json or request_body_data has it, if there is one.',
      }),
    ),
    error_handler: optional(
      slot('error_handler', {
        description: 'What to do with errors; left out, the HTTP status decides.',
        defaultType: 'DefaultErrorHandler',
      }),
    ),
    read_timeout_in_seconds: optional(
      number({
        description: 'Seconds to wait for the first byte, and between two parts of the body; left out, 600 and 120.',
        examples: [600],
        minimum: 0,
      }),
    ),
    use_cache: optional(
      boolean({ description: 'Accepted and not needed here: no GET is sent twice anyway.', default: false }),
    ),
    require_https: optional(
      template({
        description:
          'When true, an http URL is refused unless it is of this machine; when false, one of another machine is warned about. Left out, http is as good as https.',
        also: ['boolean'],
        examples: ["{{ not config.get('allow_insecure_http', false) }}"],
        extension: { without: 'credentials are sent over http to any machine' },
      }),
    ),
  },
  examples: [
    'url_base: https://example.com/api\npath: users\nrequest_parameters:\n  limit: "100"',
    'url: https://example.com/api/search\nhttp_method: POST\nrequest_body_json:\n  query: all',
  ],
  notYet: ['fetch_properties_from_endpoint', 'query_properties', 'connect_timeout_in_seconds'],
  build(fields, scope) {
    const { http_method = 'GET', require_https } = fields;
    const name = scope.streamName ?? 'request';
    const urlBase = fields.url_base ?? fields.url;
    const authenticator = fields.authenticator
      ? scope.build(fields.authenticator, { streamName: name, needs: undefined, ...(urlBase && { urlBase }) })
      : noAuth;
    const errorHandler = fields.error_handler && scope.build(fields.error_handler);
    const body = fields.request_body && scope.build(fields.request_body);
    let isWarned = false;

    /** Credentials must not travel in the clear: the manifest's rule. Throws ConfigError. */
    function checkScheme(url: URL): void {
      if (require_https === undefined || url.protocol === 'https:' || isLoopback(url)) return;
      if (require_https.isTrue()) {
        throw new ConfigError(
          `The URL ${url.origin} is not https, so credentials would travel unencrypted. Use an https URL, or allow insecure http in the config.`,
        );
      }
      if (!isWarned) scope.log('WARN', `Credentials travel unencrypted to ${url.origin}: use https if you can.`);
      isWarned = true;
    }

    /** A page token or a partition that the request has a value of its own for would be lost. Throws SystemError. */
    function checkTwice(own: PartialParts, inject: PartialParts): void {
      for (const kind of ['params', 'headers', 'bodyForm'] as const) {
        for (const [key, value] of Object.entries(inject[kind] ?? {})) {
          const other = own[kind]?.[key];
          if (other === undefined || pythonText(other) === pythonText(value)) continue;
          throw new SystemError(
            `${name}: "${key}" has two values in one request: ${pythonText(other)} of the requester, and ${pythonText(value)} of a page, a partition or a cursor. Take it out of the requester.`,
          );
        }
      }
    }

    // Where the config says; a URL that comes whole out of a record pins the first one.
    let origin = fixedUrl(urlBase)?.origin;

    /** Credentials go to one address only, whatever URLs records bring. Throws SystemError. */
    function checkOrigin(url: URL): void {
      origin ??= url.origin;
      if (url.origin === origin) return;
      throw new SystemError(
        `${name}: a request would go to ${url.origin}, but the credentials are those of ${origin}. They are not sent to another address.`,
      );
    }

    function requestFor({ partition, token, path, inject = {} }: RequestContext): OutgoingRequest {
      const context = partitionVariables(partition, token);
      const own = {
        headers: textValues(objectFrom(fields.request_headers?.render(context), 'request_headers')),
        params: objectFrom(fields.request_parameters?.render(context), 'request_parameters'),
        bodyJson: jsonBody(fields.request_body_json, context),
        ...formBody(fields.request_body_data, context),
        ...body?.parts(context),
      };
      const base = urlBase?.text(context) ?? '';
      const url = path === undefined ? joinUrl(base, fields.path?.text(context) ?? '') : followUrl(base, path);
      if (!URL.canParse(url)) {
        throw new ConfigError(`"${url}" is not a URL. Check the config: it starts with https:// and names a host.`);
      }
      const parsed = new URL(url);
      checkScheme(parsed);
      const all = { ...mergeParts(own, inject), bodyText: own.bodyText };
      if (http_method === 'GET' && hasBody(all)) {
        throw new SystemError(
          `${name}: a GET request cannot have a body. Use http_method: POST, or request_parameters.`,
        );
      }
      if (fields.authenticator) checkOrigin(parsed);
      checkTwice(own, inject);
      return { method: http_method, url, ...all };
    }

    if (urlBase === undefined) throw new SystemError('HttpRequester needs url or url_base.');
    return {
      isOffered: (context) =>
        scope.isOffered(requestFor(context), { name, authenticator, errorHandler, hasFallback: context.hasFallback }),
      send: (context) =>
        scope.send(requestFor(context), {
          name,
          stream: scope.readStream,
          partition: context.partition?.values,
          users: context.users,
          isUrgent: context.isUrgent,
          isParent: context.isParent,
          isNextPage: context.isNextPage,
          readTimeoutMs: fields.read_timeout_in_seconds && fields.read_timeout_in_seconds * 1000,
          authenticator,
          errorHandler,
          credentials: context.credentials,
          ignore: context.ignore,
          needs: scope.needs,
        }),
    };
  },
});
