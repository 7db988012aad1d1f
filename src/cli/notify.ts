import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt notify test`: options only; what it needs is loaded when it runs. */
export function notifyCommand(): Command {
  const test = newCommand('test', 'bt notify test')
    .summary('send one message by each channel')
    .description("Sends one message by each channel that is configured (NOTIFY_*) and shows the service's own answer.")
    .argument(
      '[channels...]',
      'only these: wecom, dingtalk, feishu, telegram, smtp, serverchan, pushplus, bark, webhook',
    )
    .option('--picture', 'also a small picture, by the channels that take one')
    .option('--env-file <file>', 'read settings from this file before .env.local and .env')
    .addHelpText('after', '\nExit codes: 0 all of them took it; 1 one did not, or the settings are wrong.')
    .action(async (channels: string[], flags: Record<string, unknown>) => {
      const { runNotifyTest } = await import('./notify-run.ts');
      await runNotifyTest(channels, flags);
    });
  return newCommand('notify', 'bt notify').summary('messages to a phone').addCommand(test);
}
