import type { FollowRules } from '../../domain/follow/rules.ts';
import type { SignalSource } from '../../domain/follow/signal.ts';
import type { LiveOptions } from '../live-options.ts';
import type { FollowListener, FollowView } from './follow-view.ts';

/** All that `bt follow` needs, wired by the command line. */
export interface FollowOptions extends Pick<
  LiveOptions,
  | 'name'
  | 'broker'
  | 'providers'
  | 'knownSources'
  | 'clock'
  | 'startedAt'
  | 'timers'
  | 'calendar'
  | 'stateFolder'
  | 'until'
  | 'lastTurn'
  | 'real'
  | 'endpoint'
  | 'version'
  | 'positions'
  | 'limits'
  | 'risk'
  | 'log'
  | 'listen'
  | 'meter'
  | 'stop'
  | 'endNow'
  | 'onReady'
> {
  readonly strategies: readonly FollowRules[];
  /** Ways in; opened when the account is reconciled, closed first. */
  readonly sources: readonly SignalSource[];
  /** Who writes down what is followed (the day's files). */
  readonly watch?: (view: FollowView) => FollowListener;
}
