import { currentHost, type KeptSetting, type LogLevel, type LogSource } from '../host.ts';
import { runState } from '../objects/shared.ts';

/** Puts back what the strategy's own side remembers of its settings: universe and log levels. */
export function restoreSettings(settings: readonly KeptSetting[]): void {
  const state = runState(currentHost());
  for (const { name, value } of settings) {
    if (name === 'set_universe') {
      const { security_list } = value as { readonly security_list: readonly string[] }; // as set_universe wrote it
      state.universe = Object.freeze([...security_list]);
    }
    if (name === 'log.set_level') {
      const level = value as { readonly name: LogSource; readonly level: LogLevel }; // as log.set_level wrote it
      state.levels.set(level.name, level.level);
    }
  }
}
