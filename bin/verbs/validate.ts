import { type CommonFlags, verb } from '../verb.ts';

export default verb<CommonFlags, [path?: string]>({
  name: 'validate',
  summary: 'Checks a manifest and the files it refers to, and prints every problem with its place.',
  declare: (command) => command.argument('[path]', 'the manifest; the connector’s own if left out'),
  examples: ['source-metabase validate', 'source-metabase validate path/to/manifest.yaml'],
  notes: 'Exit code: 0 if there is no problem, 1 if there are some.',
  run: async (flags, [path]) => {
    const { validate } = await import('../validate.ts');
    validate(path, flags);
  },
});
