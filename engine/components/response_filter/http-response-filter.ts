// Says what a reply means, if it is one of those described here.
import { BrokenReplyError } from '../../errors.ts';
import type { Template } from '../../text/template.ts';
import { component, choice, integers, number, optional, template, text } from '../component.ts';
import { defaultVerdict } from '../http-errors.ts';
import type { Reply } from '../kinds.ts';
import { replyVariables, variablesOfReply } from '../variables.ts';

const openings = { list: '[', object: '{' };

/** The message about a reply. One whose body breaks off has no body to tell of: that does not change what it means. */
async function messageFor(message: Template, reply: Reply): Promise<string | undefined> {
  const variables = await variablesOfReply(reply).catch((thrown: unknown) => {
    if (thrown instanceof BrokenReplyError)
      return variablesOfReply({ ...reply, json: () => Promise.resolve(undefined) });
    throw thrown;
  });
  return message.text(variables) || undefined;
}

export default component({
  kind: 'response_filter',
  type: 'HttpResponseFilter',
  summary: 'Picks replies by status, by text or by a condition, and says what to do with them.',
  fields: {
    action: optional(
      choice(
        {
          SUCCESS: 'Takes the reply for a good one.',
          FAIL: 'Ends the stream with an error.',
          RETRY: 'Asks again, after a wait.',
          IGNORE: 'Goes on as if the reply had no records.',
          RATE_LIMITED: 'Asks again, after a wait, and tells the platform that the server limits the rate.',
        },
        {
          description: 'What to do with a reply that matches; left out, its status decides.',
        },
      ),
    ),
    failure_type: optional(
      choice(
        {
          system_error: 'That of the connector or of the server.',
          config_error: "The user's, who can mend it.",
          transient_error: 'Nobody has to do anything: it passes.',
        },
        {
          description: 'Whose problem a failure is. Left out, its status decides.',
        },
      ),
    ),
    error_message: optional(
      template({
        description: 'Message to show for a reply that matches; left out, one about its status.',
        examples: ["The server is busy: {{ response['message'] }}"],
        variables: replyVariables,
      }),
    ),
    error_message_contains: optional(
      text({
        description: 'Matches replies whose body contains this text; left out, none for their text.',
        examples: ['rate limit exceeded'],
      }),
    ),
    max_retries: optional(
      number({
        description:
          "How often to try again for such replies, whatever the handler's own number is; left out, that number counts.",
        examples: [1],
        minimum: 0,
        extension: { without: 'such replies are asked for again as often as any other' },
      }),
    ),
    body_type: optional(
      choice(
        { list: 'Bodies that begin with [.', object: 'Bodies that begin with {.' },
        {
          description:
            'Looks only at replies whose body begins as a JSON list or object does: a long list need not be read for a predicate about an object. Left out, at all replies.',
          extension: { without: 'the predicate looks at every reply' },
        },
      ),
    ),
    http_codes: optional(
      integers({
        description: 'Matches replies with one of these statuses; left out, none for their status.',
        examples: [[404]],
      }),
    ),
    predicate: optional(
      template({
        description: 'Matches replies for which this is true; left out, none for what they say.',
        variables: replyVariables,
        examples: ["{{ 'error' in response }}"],
      }),
    ),
  },
  examples: [
    'http_codes: [403, 404]\naction: IGNORE',
    "predicate: \"{{ response.get('status') == 'busy' }}\"\naction: RETRY",
  ],
  build({
    max_retries: maxRetries,
    action,
    failure_type,
    error_message,
    error_message_contains: part,
    body_type,
    http_codes = [],
    predicate,
  }) {
    const says = async (reply: Reply): Promise<boolean> =>
      http_codes.includes(reply.status) ||
      (predicate !== undefined && predicate.isTrue(await variablesOfReply(reply))) ||
      (part !== undefined && (await reply.text()).includes(part));
    const isOnlyType = http_codes.length === 0 && predicate === undefined && part === undefined;
    const matches = async (reply: Reply): Promise<boolean> => {
      if (body_type === undefined) return says(reply);
      return (await reply.opening()) === openings[body_type] && (isOnlyType || (await says(reply)));
    };
    return {
      async match(outcome) {
        if ('error' in outcome || !(await matches(outcome.reply))) return undefined;
        const usual = defaultVerdict(outcome);
        return {
          action: action ?? usual.action,
          failureType: failure_type ?? usual.failureType,
          filter: matches,
          maxRetries,
          message: error_message && (await messageFor(error_message, outcome.reply)),
        };
      },
    };
  },
});
