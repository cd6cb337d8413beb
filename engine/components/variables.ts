// The variables that templates have at each kind of place, and how they are made.
import type { Reply, Partition } from './kinds.ts';
import type { Variables } from '../text/template.ts';

/** While a request is made. */
export const requestVariables = ['stream_slice', 'stream_partition', 'stream_interval', 'next_page_token'] as const;
/** While a record is looked at. */
export const recordVariables = ['record', ...requestVariables] as const;
/** While a reply is judged. */
export const replyVariables = ['response', 'headers', 'request_url'] as const;

/** While the template of a stream is filled. */
export const mappingVariables = [
  'components_values',
  'stream_template_config',
  'stream_slice',
  'stream_partition',
] as const;

/** `stream_slice` and its two other names, and the page token. */
export function partitionVariables(partition: Partition = { values: {}, extraFields: {} }, token?: unknown): Variables {
  const slice = { ...partition.values, partition: partition.values, extra_fields: partition.extraFields };
  const next_page_token = token === undefined ? null : { next_page_token: token };
  return { stream_slice: slice, stream_partition: slice, stream_interval: slice, next_page_token };
}

/** Headers by name, in whatever case it is written. */
export function headerVariables(headers: Headers, more: Record<string, unknown> = {}): Record<string, unknown> {
  const lower = (name: string | symbol): string | symbol => (typeof name === 'string' ? name.toLowerCase() : name);
  return new Proxy<Record<string, unknown>>(
    { ...Object.fromEntries(headers), ...more },
    {
      get: (target, name) => Reflect.get(target, lower(name)) as unknown,
      getOwnPropertyDescriptor: (target, name) => Reflect.getOwnPropertyDescriptor(target, lower(name)),
    },
  );
}

/** A URL as messages may show it: without credentials, query and fragment. */
export function plainUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** `response` is the parsed body, an empty object when it is not JSON. */
export async function variablesOfReply(reply: Reply): Promise<Variables> {
  return {
    response: (await reply.json()) ?? {},
    headers: headerVariables(reply.headers),
    request_url: plainUrl(reply.url),
  };
}
