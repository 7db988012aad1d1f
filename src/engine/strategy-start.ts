import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { chinaDay, chinaText } from '../domain/time.ts';
import { BtError } from '../domain/errors.ts';
import type { InstanceState } from '../ledger/instance-state.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Log } from '../platform/log.ts';
import type { RunningStrategy } from './running-strategy.ts';
import type { StrategyState } from './strategy-state.ts';
import { isPython } from './strategy/build/module-path.ts';
import type { RunnerOptions } from './strategy/runner.ts';
import type { Scheduler } from './time/scheduler.ts';

export interface StrategyStartParts {
  readonly strategy: RunningStrategy;
  readonly state: StrategyState;
  readonly life: InstanceState;
  readonly scheduler: Pick<Scheduler, 'restore' | 'registrations'>;
  readonly runner: Omit<RunnerOptions, 'endNow'>;
  /** When the process began, market time, epoch ms. */
  readonly startedAt: number;
  /** The last instant whose tasks are accounted for; null when there was no run before. */
  readonly lastSeen: number | null;
  readonly log: Log;
}

/**
 * Loads the strategy and brings it to where it may run, in JoinQuant's order: the module; then at the first start of a life
 * `initialize` and `after_code_changed`, as in JoinQuant's backtests, where scripts schedule all they do in it; at a later one what the
 * last run left, with `after_code_changed` when the code is another; then `process_initialize`.
 * False when the strategy cannot go on: when it failed in `initialize` its life has not begun and nothing is kept.
 */
export async function startStrategy(parts: StrategyStartParts): Promise<boolean> {
  const { strategy, life, runner } = parts;
  const continues = life.hasBegun();
  await strategy.start(runner);
  const whole = continues ? await goOn(parts) : await beginLife(parts);
  if (!whole || !(await strategy.startUp('process_initialize'))) return false;
  parts.state.flush();
  return true;
}

/** The code of a life whose `after_code_changed` has not come to its end yet: each start calls it until it has. */
const NOT_TOLD = '';

async function beginLife(parts: StrategyStartParts): Promise<boolean> {
  const { strategy, state, startedAt, runner } = parts;
  if (!(await strategy.startUp('initialize'))) return false;
  const isTold = strategy.hooks.has('after_code_changed');
  state.beginLife(startedAt, runner.bundle.entry, isTold ? NOT_TOLD : runner.bundle.hash);
  return !isTold || tellCode(parts);
}

async function tellCode({ strategy, state, runner }: StrategyStartParts): Promise<boolean> {
  if (!(await strategy.startUp('after_code_changed'))) return false;
  state.codeIs(runner.bundle.hash);
  state.flush();
  return true;
}

async function goOn(parts: StrategyStartParts): Promise<boolean> {
  const { strategy, state, life, scheduler, runner, log } = parts;
  const { hash } = runner.bundle;
  scheduler.restore(state.registrations());
  await strategy.ticks.restore(state.subscriptions());
  const isChanged = life.codeHash() !== hash;
  log.info(continuesText(parts, isChanged));
  return !isChanged || tellCode(parts);
}

/** The last instant whose tasks are accounted for, market time, epoch ms; null before the life has begun. */
export function lastAccounted(ledger: Pick<Ledger, 'lastDue'>, life: InstanceState): number | null {
  const began = life.beganAt();
  return began === null ? null : Math.max(began, ledger.lastDue() ?? began);
}

/** In one line, what this run goes on from. */
function continuesText(
  { state, life, lastSeen, scheduler, startedAt }: StrategyStartParts,
  isChanged: boolean,
): string {
  const names = life
    .variableNames()
    .filter(({ part }) => part === 'g')
    .map(({ name }) => name);
  const g = names.length === 0 ? 'g is empty' : `g has ${listText(names)}`;
  const ticks = state.subscriptions().length;
  return [
    `Continues from ${chinaText(lastSeen ?? startedAt)}, begun on ${life.startDay() ?? chinaDay(startedAt)}: ${g}`,
    tasksText(scheduler.registrations().length),
    ...(ticks === 0 ? [] : [`ticks of ${ticks} securities`]),
    ...(isChanged ? ['the code has changed'] : []),
  ].join('; ');
}

/** `1 task`, `2 tasks`. */
export function tasksText(count: number): string {
  return `${count} ${count === 1 ? 'task' : 'tasks'}`;
}

const MOST_NAMES = 12;

function listText(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

/**
 * Refuses an instance that another strategy has begun: its g and its tasks mean nothing to this one. The same file at another place
 * is the same strategy when it is no longer at the old one, or when the instance has been moved (`bt import`) and not started since.
 * Throws OTHER_STRATEGY.
 */
export function checkStrategyFile(life: InstanceState, file: string, isMoved = false): void {
  const known = life.strategyFile();
  if (known === null || known === file) return;
  if (basename(known) === basename(file) && (isMoved || !existsSync(known))) {
    life.moved(file);
    return;
  }
  const other =
    isPython(known) === isPython(file) ? '' : ' What a strategy in one language has kept means nothing in another.';
  throw new BtError(
    'OTHER_STRATEGY',
    `This instance was begun by ${known}, not by ${file}.${other} Give this strategy its own --name, or begin a new life of the instance with --fresh.`,
    { fault: 'config' },
  );
}
