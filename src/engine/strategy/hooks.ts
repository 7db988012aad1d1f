/** Every function of a strategy that the engine calls by its name; they must be declared in, or exported from, the entry file. */
export const HOOK_NAMES = [
  'initialize',
  'process_initialize',
  'after_code_changed',
  'before_trading_start',
  'handle_data',
  'after_trading_end',
  'handle_tick',
  'on_event',
  'on_strategy_end',
] as const;

export type HookName = (typeof HOOK_NAMES)[number];

/** True for a name that the engine calls by itself. */
export function isHookName(name: string): name is HookName {
  return (HOOK_NAMES as readonly string[]).includes(name);
}
