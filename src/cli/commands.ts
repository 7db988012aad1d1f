import type { Command } from 'commander';
import { calendarCommand } from './calendar.ts';
import { checkCommand } from './check.ts';
import { completionCommand } from './completion.ts';
import { followCommand } from './follow.ts';
import { gCommand } from './g.ts';
import { initCommand } from './init.ts';
import { cancelCommand } from './cancel.ts';
import { doctorCommand } from './doctor.ts';
import { killCommand, pauseCommand, resumeCommand } from './kill.ts';
import { liveCommand } from './live.ts';
import {
  instancesCommand,
  logCommand,
  ordersCommand,
  positionsCommand,
  riskCommand,
  statusCommand,
  tradesCommand,
} from './look.ts';
import { exportCommand, importCommand } from './move.ts';
import { notifyCommand } from './notify.ts';
import { pageCommand } from './page.ts';
import { replayCommand } from './replay.ts';
import { adoptCommand, resolveCommand } from './resolve.ts';
import { reportCommand } from './day-report.ts';
import { serverCommand } from './server.ts';

/** Commands by what a person wants, in the order of the help. */
function groups(): readonly (readonly [title: string, commands: readonly Command[]])[] {
  const looks = [statusCommand(), ordersCommand(), positionsCommand(), tradesCommand(), riskCommand(), logCommand()];
  const others = [instancesCommand(), doctorCommand(), pageCommand(), reportCommand(), gCommand(), notifyCommand()];
  const stops = [killCommand(), pauseCommand(), resumeCommand(), cancelCommand(), resolveCommand(), adoptCommand()];
  return [
    ['Try:', [initCommand(), checkCommand(), replayCommand(), calendarCommand()]],
    ['Run:', [liveCommand(), followCommand(), exportCommand(), importCommand()]],
    ['Watch:', [...looks, ...others]],
    ['Stop and settle:', stops],
    ['Serve:', [serverCommand()]],
    ['The shell:', [completionCommand()]],
  ];
}

/** Every command of `bt`, in the order of its help. */
export function allCommands(): readonly Command[] {
  return groups().flatMap(([title, commands]) => commands.map((command) => command.helpGroup(title)));
}
