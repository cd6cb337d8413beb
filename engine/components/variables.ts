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

/** `stream_slice` and its two other names. */
export function partitionVariables(partition: Partition = { values: {}, extraFields: {} }): Variables {
  const slice = { ...partition.values, partition: partition.values, extra_fields: partition.extraFields };
  return { stream_slice: slice, stream_partition: slice, stream_interval: slice, next_page_token: undefined };
}

/** A URL as messages may show it: without credentials, query and fragment. */
export function plainUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** `response` is the parsed body, an empty object when it is not JSON; header names are lower case. */
export async function variablesOfReply(reply: Reply): Promise<Variables> {
  return {
    response: (await reply.json()) ?? {},
    headers: Object.fromEntries(reply.headers),
    request_url: plainUrl(reply.url),
  };
}
