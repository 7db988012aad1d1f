import { currentHost, type KeptSetting, type LogLevel, type LogSource } from '../host.ts';
import { runState } from '../objects/shared.ts';

/** Puts back what the strategy's own side remembers of its settings: universe, log levels, and what is an error. */
export function restoreSettings(settings: readonly KeptSetting[]): void {
  const state = runState(currentHost());
  for (const { name, value } of settings) {
    if (name === 'set_universe') {
      const { security_list } = value as { readonly security_list: readonly string[] }; // as set_universe wrote it
      state.universe = Object.freeze([...security_list]);
    }
    if (name === 'set_option') {
      const option = value as { readonly name: string; readonly value: unknown }; // as set_option wrote it
      if (option.name === 'avoid_future_data') state.avoidFutureData = option.value === true;
    }
    if (name === 'log.set_level') {
      const level = value as { readonly name: LogSource; readonly level: LogLevel }; // as log.set_level wrote it
      state.levels.set(level.name, level.level);
    }
  }
}
