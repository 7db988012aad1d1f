import { speakOnce } from '../speak.ts';

/** Tells once a run, in the strategy's log, how a form that newer pandas dropped is written; silent without a running strategy. */
export function adviseOnce(form: string, instead: string): void {
  try {
    speakOnce(
      `table:${form}`,
      'strategy',
      'warning',
      `${form} 是旧版 pandas 的写法，仍可使用；建议改写为 ${instead}。`,
    );
  } catch {
    // No strategy is running: a test or a script uses the tables on their own.
  }
}
