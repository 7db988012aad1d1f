import type { Command } from 'commander';
import { calendarCommand } from './calendar.ts';
import { checkCommand } from './check.ts';
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

/** Every command of `bt`, in the order of its help. */
export function allCommands(): readonly Command[] {
  return [
    initCommand(),
    liveCommand(),
    followCommand(),
    checkCommand(),
    serverCommand(),
    statusCommand(),
    ordersCommand(),
    positionsCommand(),
    tradesCommand(),
    riskCommand(),
    logCommand(),
    instancesCommand(),
    doctorCommand(),
    cancelCommand(),
    resolveCommand(),
    adoptCommand(),
    killCommand(),
    pauseCommand(),
    resumeCommand(),
    reportCommand(),
    calendarCommand(),
    replayCommand(),
    gCommand(),
    exportCommand(),
    importCommand(),
    notifyCommand(),
    pageCommand(),
  ];
}
