import { currentHost } from '../host.ts';
import type { LogLevel, LogSource } from '../host.ts';
import { runState } from '../objects/shared.ts';
import { speak } from '../objects/speak.ts';
import { hasSpecifier, percentFormat } from '../text/percent-format.ts';
import { pyStr } from '../text/python-text.ts';
import { bindArguments, required } from './arguments.ts';
import { oneOf } from './readers.ts';

type LevelName = LogLevel | 'warn';

/**
 * `log.info('%s: %.2f', code, price)` formats as Python's `%`; values without a format are joined by blanks.
 * Every value prints in Python's look.
 */
export interface StrategyLog {
  readonly debug: (message: unknown, ...values: readonly unknown[]) => void;
  readonly info: (message: unknown, ...values: readonly unknown[]) => void;
  readonly warn: (message: unknown, ...values: readonly unknown[]) => void;
  readonly warning: (message: unknown, ...values: readonly unknown[]) => void;
  readonly error: (message: unknown, ...values: readonly unknown[]) => void;
  /** Silences what is below `level` from `name`: order, history, strategy (your own lines) or system. */
  readonly set_level: (name: LogSource, level: LevelName) => void;
}

const LEVEL_ARGS = {
  name: required(oneOf(['order', 'history', 'strategy', 'system'])),
  level: required(oneOf(['debug', 'info', 'warning', 'warn', 'error'])),
};

export const log: StrategyLog = Object.freeze({
  debug: line('debug'),
  info: line('info'),
  warn: line('warning'),
  warning: line('warning'),
  error: line('error'),
  set_level: (...values: unknown[]): void => {
    const { name, level } = bindArguments('log.set_level', LEVEL_ARGS, values);
    const chosen = level === 'warn' ? 'warning' : level;
    const host = currentHost();
    runState(host).levels.set(name, chosen);
    host.setting('log.set_level', { name, level: chosen });
  },
});

/** The same as log.info. */
export function print(...values: readonly unknown[]): void {
  speak('strategy', 'info', values.map(pyStr).join(' '));
}

/** The text of one log call. */
export function logText(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  if (typeof first === 'string' && rest.length > 0 && hasSpecifier(first)) {
    const text = percentFormat(first, rest);
    if (text !== null) return text;
  }
  return values.map(pyStr).join(' ');
}

function line(level: LogLevel): (...values: readonly unknown[]) => void {
  return (...values) => {
    speak('strategy', level, logText(values));
  };
}
