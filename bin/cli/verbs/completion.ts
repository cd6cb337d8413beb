import { Argument } from 'commander';
import type { Shell } from '../completion/scripts.ts';
import { type CommonFlags, verb } from '../verb.ts';

const shells: readonly Shell[] = ['bash', 'zsh', 'fish'];

export default verb<CommonFlags, [shell: Shell, words: string[]]>({
  name: 'completion',
  isAboutOthers: true,
  summary: 'Prints a script that makes a shell complete verbs, flags, their values, files and streams.',
  declare: (command) =>
    command
      .addArgument(new Argument('<shell>', 'which one').choices(shells))
      .argument('[words...]', 'after --: what the script asks for'),
  examples: [
    'source-metabase completion bash >> ~/.bashrc',
    'source-metabase completion zsh > ~/.zfunc/_source-metabase',
    'source-metabase completion fish > ~/.config/fish/completions/source-metabase.fish',
  ],
  notes: 'For zsh, the folder has to be in its fpath before compinit runs: fpath+=~/.zfunc',
  run: async (_flags, [shell, words], command) => {
    const { completion } = await import('../completion/completion.ts');
    if (command.parent) completion(shell, words, command.parent);
  },
});
