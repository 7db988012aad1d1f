import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt doctor`: options only; what it needs is loaded when it runs. */
export function doctorCommand(): Command {
  return newCommand('doctor', 'bt doctor')
    .summary('look whether all is well: settings, gateway, clock, calendar, ledgers, disk')
    .description(
      'Looks at everything that a run needs, and says of each line that it is ok, that somebody should look at it, or what to do. Nothing is ordered and nothing is changed; what runs goes on. For the machine with the terminal: bt server doctor.',
    )
    .option('--broker <name>', 'the gateway to look at: qmt-remote or qmt-http (DEFAULT_BROKER)')
    .option('--state <folder>', 'the folder of one instance (all under RUNTIME_DIR, .bt)')
    .option('--python <path>', 'the Python for scripts (BT_PYTHON, .venv, python3, py -3)')
    .option('--json', 'as JSON')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', '\nExit code 1 says that something has to be put right.')
    .action(async (flags: Record<string, unknown>) => {
      const { runDoctor } = await import('./doctor-run.ts');
      await runDoctor(flags);
    });
}
