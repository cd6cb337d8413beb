import { verb } from '../verb.ts';

export default verb({
  name: 'spec',
  summary: 'Prints what can be configured, as a SPEC message.',
  examples: ['source-metabase spec'],
  run: async (flags) => {
    const { answered } = await import('../bundled.ts');
    if (answered(flags, 'spec.jsonl')) return;
    const { spec } = await import('../source.ts');
    await spec(flags);
  },
});
