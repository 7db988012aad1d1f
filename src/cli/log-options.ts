import type { LogLevel } from '../platform/log-record.ts';
import type { SettingNames, Settings } from './settings.ts';

export interface LogLevels {
  /** On the screen. */
  readonly level: LogLevel;
  /** In the log file. */
  readonly fileLevel: LogLevel;
}

/** `--log-level` or LOG_LEVEL for the screen, LOG_FILE_LEVEL for the file (else the same); `warn` is understood as `warning`. */
export function readLogLevels(settings: Settings): LogLevels {
  const level = read(settings, { flag: '--log-level', variables: ['LOG_LEVEL'] }) ?? 'info';
  return { level, fileLevel: read(settings, { variables: ['LOG_FILE_LEVEL'] }) ?? level };
}

function read(settings: Settings, names: SettingNames): LogLevel | null {
  const level = settings.choice(names, ['debug', 'info', 'warning', 'error', 'warn']);
  return level === 'warn' ? 'warning' : level;
}
