import type { Command } from 'commander';

/** What can follow a command: its own commands, and its options. `path`: '' for bt itself, else ` notify test`. */
export interface Level {
  readonly path: string;
  readonly commands: readonly string[];
  readonly options: readonly string[];
}

/** Every command with what can follow it, from the tree that reads the command line itself. */
export function levelsOf(command: Command, path = ''): Level[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command);
  const options = help.visibleOptions(command).flatMap(({ long, short }) => long ?? short ?? []);
  const own = { path, commands: below.map((each) => each.name()), options };
  return [own, ...command.commands.flatMap((each) => levelsOf(each, `${path} ${each.name()}`))];
}

/** The lines that a shell reads. Names are letters, digits and dashes: nothing in them has to be quoted. */
export function completionScript(shell: 'bash' | 'zsh' | 'fish' | 'powershell', program: Command): string {
  const levels = levelsOf(program);
  if (shell === 'fish') return fish(levels);
  if (shell === 'powershell') return powershell(levels);
  return shell === 'zsh' ? `autoload -Uz bashcompinit && bashcompinit\n${bash(levels)}` : bash(levels);
}

/** What is no word of ours is a file's name. */
function bash(levels: readonly Level[]): string {
  const paths = levels.flatMap(({ path }) => (path === '' ? [] : [`'${path}'`]));
  const words = levels.map(
    ({ path, commands, options }) => `    '${path}') words='${[...commands, ...options].join(' ')}' ;;`,
  );
  return `_bt() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path='' words='' i
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${paths.join('|')}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _bt bt
`;
}

function fish(levels: readonly Level[]): string {
  const lines = levels.flatMap(({ path, commands, options }) => {
    const names = path
      .trim()
      .split(' ')
      .filter((name) => name !== '');
    const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const when = seen === '' ? '__fish_use_subcommand' : seen;
    return [
      ...commands.map((name) => `complete -c bt -f -n '${when}' -a '${name}'`),
      ...options.map(
        (option) =>
          `complete -c bt -n '${when}' ${option.startsWith('--') ? '-l' : '-o'} '${option.replace(/^-+/u, '')}'`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function powershell(levels: readonly Level[]): string {
  const rows = levels.map(({ path, commands, options }) => `    '${path}' = '${[...commands, ...options].join(' ')}'`);
  return `Register-ArgumentCompleter -Native -CommandName bt -ScriptBlock {
  param($word, $ast, $cursor)
  $levels = @{
${rows.join('\n')}
  }
  $path = ''
  foreach ($element in $ast.CommandElements | Select-Object -Skip 1) {
    if ($element.Extent.EndOffset -lt $cursor -and $levels.ContainsKey("$path $element")) { $path = "$path $element" }
  }
  $levels[$path] -split ' ' | Where-Object { $_ -like "$word*" } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
}
`;
}
