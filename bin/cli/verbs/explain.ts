import { Option } from 'commander';
import type { ExplainFlags } from '../explain.ts';
import { verb } from '../verb.ts';

export default verb<ExplainFlags, [place: string]>({
  name: 'explain',
  isForAuthors: true,
  summary: 'Says what a place of the manifest means, where each value came from and what its fields do.',
  declare: (command) =>
    command
      .argument('<place>', 'a JSON pointer, names with dots between them, or file:line[:column]')
      .addOption(new Option('--format <name>', 'how it is printed').choices(['text', 'json']).default('text')),
  examples: [
    'source-metabase explain cards.retriever.requester',
    'source-metabase explain streams/cards.yaml:14',
    'source-metabase explain /definitions/authenticator --format json',
  ],
  notes: 'Exit code: 0 if it is explained, 1 if there is no such place or the manifest has errors, 2 for wrong usage.',
  run: async (flags, [place]) => {
    const { explain } = await import('../explain.ts');
    explain(place, flags);
  },
});
