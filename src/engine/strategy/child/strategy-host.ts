import { CALLS, callsBy, isPosted, type CallName, type StrategyCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext, LogLine, RunParams, StrategyHost } from '../../../../runtime/host.ts';
import { LONGEST_TEXT } from '../../../platform/exit-text.ts';
import { LineRation, notShown } from '../../../platform/line-ration.ts';
import { monotonic } from '../../../platform/timers.ts';
import type { BridgeClient } from './bridge-client.ts';

/** The host of this process's strategy, and the way to tell it what runs. */
export interface ProcessHost extends StrategyHost {
  /** Called before each dispatch; what runs between dispatches sees the last one. */
  enter(dispatch: DispatchContext): void;
  /** Called after each dispatch. */
  leave(): void;
}

/** StrategyHost over the bridge: a function for each line of the table of calls. */
export function createStrategyHost(bridge: BridgeClient, runParams: RunParams, load: DispatchContext): ProcessHost {
  const calls = callsBy((name) => callOver(bridge, name)) as StrategyCalls;
  let running = load;
  // Here, because a million lines on their way would starve the engine before it could drop one. It cuts them to their measure.
  const lines = new LineRation<LogLine>(
    (line) => calls.log({ ...line, text: line.text.slice(0, 2 * LONGEST_TEXT) }),
    (dropped) => ({ level: 'warning', source: 'strategy', text: notShown(dropped), time: running.logicalTime }),
    monotonic,
  );
  return {
    ...calls,
    log: (line) => {
      lines.write(line);
    },
    runParams,
    dispatch: () => running,
    enter(dispatch) {
      lines.renew();
      running = dispatch;
    },
    leave() {
      lines.renew();
    },
  };
}

function callOver(bridge: BridgeClient, name: CallName): (...args: readonly unknown[]) => unknown {
  const { keptWithAccount, packing } = CALLS[name];
  if (isPosted(name)) {
    return (...args) => {
      bridge.post(name, args);
    };
  }
  if (keptWithAccount) return keptWhileSame(bridge, name);
  return packing === null ? (...args) => bridge.call(name, args) : (...args) => packing.unpack(bridge.call(name, args));
}

/** Asks again only when the account has changed since. */
function keptWhileSame(bridge: BridgeClient, name: CallName): () => unknown {
  let kept: { readonly version: number; readonly answer: unknown } | null = null;
  return () => {
    // Read before the call: a change that comes during it shows next time.
    const version = bridge.accountVersion();
    if (kept === null || kept.version !== version) kept = { version, answer: bridge.call(name, []) };
    return kept.answer;
  };
}
