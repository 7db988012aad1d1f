import { BtError } from '../domain/errors.ts';
import type { LiveOptions } from './live-options.ts';
import { isHookName } from './strategy/hooks.ts';
import { displayPath } from './strategy/build/source-place.ts';
import type { SourceFinding, StrategyBundle } from './strategy/types.ts';

/** Of a file that cannot be read nothing else is known. */
const UNREADABLE: ReadonlySet<string> = new Set(['SYNTAX', 'PYTHON2']);
const REGISTER: ReadonlySet<string> = new Set(['run_daily', 'run_weekly', 'run_monthly']);

type Checked = Pick<StrategyBundle, 'entry' | 'findings' | 'uses' | 'functions'>;

/** All that is found in a strategy before it runs: in its files, and that nothing of it is ever called. */
export function findingsOf({ entry, findings, uses, functions }: Checked): readonly SourceFinding[] {
  const isCalled = functions.some((name) => isHookName(name) && name !== 'initialize' && name !== 'process_initialize');
  if (isCalled || uses.some(({ name }) => REGISTER.has(name))) return findings;
  if (findings.some(({ code }) => UNREADABLE.has(code))) return findings;
  const text =
    "nothing is ever called: register a function in initialize, run_daily(fn, '09:35'), or declare handle_data.";
  return [...findings, { level: 'error', code: 'NOTHING_SCHEDULED', file: entry, line: 1, column: 1, text }];
}

/** `strategies/demo.ts:12:5 error NEGATIVE_INDEX x[-1] is …` */
export function findingText({ file, line, column, level, code, text }: SourceFinding): string {
  return `${displayPath(file)}:${line}:${column} ${level} ${code} ${text}`;
}

/**
 * What is wrong with a strategy is told in one list before anything connects. Throws STRATEGY_CHECK for errors, unless `force` is set;
 * warnings are logged.
 */
export function refuseFindings(bundle: Checked, { force = false, log }: Pick<LiveOptions, 'force' | 'log'>): void {
  const found = findingsOf(bundle);
  const errors = found.filter(({ level }) => level === 'error');
  for (const finding of found) if (finding.level === 'warning' || force) log.warning(findingText(finding));
  if (errors.length === 0 || force) return;
  const lines = errors.map((finding) => `  ${findingText(finding)}`);
  throw new BtError(
    'STRATEGY_CHECK',
    `The strategy will not do what it says:\n${lines.join('\n')}\nChange these lines (bt check shows them again), or start with --force.`,
    { fault: 'strategy' },
  );
}
