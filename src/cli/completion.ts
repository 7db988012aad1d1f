import { Argument, type Command } from 'commander';
import { newCommand } from './program.ts';

const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/** `bt completion SHELL`. */
export function completionCommand(): Command {
  return newCommand('completion', 'bt completion')
    .summary('the lines that make your shell complete commands and options')
    .description('Writes what completes commands and options of bt in a shell.')
    .addArgument(new Argument('<shell>', 'which one').choices(SHELLS))
    .addHelpText('after', EXAMPLES)
    .action(async (shell: (typeof SHELLS)[number], _flags: unknown, command: Command) => {
      const { completionScript } = await import('./completion-script.ts');
      const { writeOut } = await import('../platform/terminal.ts');
      writeOut(completionScript(shell, command.parent ?? command));
    });
}

const EXAMPLES = `
Examples:
  source <(bt completion bash)                      in ~/.bashrc
  source <(bt completion zsh)                       in ~/.zshrc, after compinit
  bt completion fish | source                       in ~/.config/fish/config.fish
  bt completion powershell | Out-String | iex       in $PROFILE`;
