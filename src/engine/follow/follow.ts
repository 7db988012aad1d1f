import { markFollower, refuseExported } from '../../ledger/instance-file.ts';
import { Ledger } from '../../ledger/ledger.ts';
import { lockInstance } from '../../ledger/lock.ts';
import { privateFolder } from '../../platform/private-files.ts';
import type { RunReport } from '../report.ts';
import { attended } from '../operator/attended.ts';
import { connected, withOneEnd } from '../run-end.ts';
import type { FollowOptions } from './follow-options.ts';
import { FollowRun } from './follow-run.ts';

/** Follows until it is told to stop, or its `until` is reached. Throws BtError when it cannot start; once it has started every end is a report. */
export async function runFollow(asked: FollowOptions): Promise<RunReport> {
  const { options, release } = withOneEnd(asked);
  const { stateFolder } = options;
  try {
    privateFolder(stateFolder);
    const lock = lockInstance(stateFolder);
    try {
      refuseExported(stateFolder);
      markFollower(stateFolder);
      const ledger = Ledger.open(stateFolder, options.meter);
      try {
        return await attended(options, ledger, (run, operation) =>
          connected(run, () => new FollowRun(run, ledger, operation).run()),
        );
      } finally {
        ledger.close();
      }
    } finally {
      lock.release();
    }
  } finally {
    release();
  }
}
