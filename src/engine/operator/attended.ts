import type { Ledger } from '../../ledger/ledger.ts';
import type { LiveOptions } from '../live-options.ts';
import { ControlDoor } from './control-door.ts';
import { EngineReport } from './engine-report.ts';
import type { Operation } from './run-operator.ts';
import { startingOperator } from './starting-operator.ts';

type Attended = Pick<
  LiveOptions,
  'broker' | 'calendar' | 'clock' | 'log' | 'onReady' | 'startedAt' | 'stateFolder' | 'version'
>;

/**
 * Does the work of a run whose folder is locked while a person can speak to it, from the first moment on: a start may wait for its
 * gateway for long, and a kill must not. The options it is given tell when it is ready.
 */
export async function attended<O extends Attended, T>(
  options: O,
  ledger: Ledger,
  work: (options: O, operation: Operation) => Promise<T>,
): Promise<T> {
  const { stateFolder: folder, clock, log } = options;
  const report = new EngineReport(options);
  const now = (): number => clock.now();
  const door = await ControlDoor.open(folder, startingOperator({ ledger, folder, now, report, log }));
  const onReady: LiveOptions['onReady'] = (...facts) => {
    report.ready();
    options.onReady(...facts);
  };
  try {
    return await work({ ...options, onReady }, { door, report });
  } finally {
    report.end();
    await door.close();
  }
}
