// Tells whether a stream can be read by these credentials on this server, by asking the server.
import { component, optional, slotOrSlots, text } from '../component.ts';

export default component({
  kind: 'availability',
  type: 'RequestAvailability',
  summary:
    'Says that a stream is not there for everybody: discover lists it unless its request is answered with 402, 403 or 404; any other answer, or none in time, lists it.',
  fields: {
    needs: text({
      description: 'What one needs to read the stream, to end the sentence "The stream needs …" of messages.',
      examples: ['the rights of an administrator', 'an Enterprise edition and the rights of an administrator'],
    }),
    requester: optional(
      slotOrSlots('requester', {
        description:
          "The request that tells, or several, of which one that is not refused is enough; left out, the stream's own first request, which of a stream with parents is that of the first parent, and of its fallback where that one is ignored. Its body is not read: name a request here where the server takes long to begin the answer.",
        defaultType: 'HttpRequester',
      }),
    ),
  },
  examples: [
    'needs: the rights of an administrator',
    'needs: the rights of an administrator\nrequester:\n  url: https://example.com/users?limit=1',
  ],
  build({ needs, requester }, scope) {
    if (requester === undefined) return { needs, isOffered: undefined };
    const requesters = [requester].flat().map((one) => scope.build(one));
    return {
      needs,
      async isOffered(context) {
        const answers = await Promise.all(requesters.map((one) => one.isOffered(context)));
        return answers.includes(true);
      },
    };
  },
});
