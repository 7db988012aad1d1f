import type { StrategyHost } from '../../../../../runtime/host.ts';
import { loadLibrary, type Library } from '../../../../../runtime/libraries/index.ts';
import type { LibraryName } from '../../../../../runtime/libraries/names.ts';
import type { StampedGlobals } from '../../../../platform/stamped-globals.ts';
import type { PythonStart, StrategyStart } from '../../border/messages.ts';
import type { StrategyError } from '../../types.ts';
import type { BridgeClient } from '../bridge-client.ts';
import type { Looks } from '../looks.ts';
import { leave } from '../pipe-files.ts';
import { PythonLink, waitForTheEnd } from './link.ts';
import { PythonCode } from './python-code.ts';

/** What of this process a script in Python needs. */
export interface PythonNeeds {
  readonly host: StrategyHost;
  readonly stamped: StampedGlobals;
  readonly looks: Looks;
  readonly bridge: BridgeClient;
}

interface Parts extends PythonNeeds {
  /** Tells the engine why this process ends. */
  readonly crashed: (error: StrategyError) => void;
  /** Tells it that nothing of Python's is left here. */
  readonly read: () => void;
}

/** The author's script in the Python that the engine has started. */
export async function pythonCode(start: StrategyStart, own: PythonStart, parts: Parts): Promise<PythonCode> {
  const { host, stamped, looks, bridge } = parts;
  return new PythonCode({
    start: own,
    entryModule: start.entryModule,
    runParams: start.runParams,
    dispatch: () => host.dispatch(),
    stamp: start.stamp,
    // What Python reads past this process would be missing in a recording.
    readsVersion: !start.keepsReadings,
    inputs: new Set(start.inputs),
    libraries: await librariesOf(own.libraries),
    now: () => {
      looks.at('clock of Python');
      return stamped.now();
    },
    sleep: (ms) => void bridge.call('passTime', [ms]),
    version: () => bridge.accountVersion(),
    connect: () => PythonLink.open(own, (why) => end(why, parts)),
  });
}

async function librariesOf(names: readonly LibraryName[]): Promise<ReadonlyMap<LibraryName, Library>> {
  const loaded = names.map(async (name): Promise<[LibraryName, Library]> => [name, await loadLibrary(name)]);
  return new Map(await Promise.all(loaded));
}

/** Python is gone, or speaks nonsense: the engine, which watches it, ends this process and says why. */
function end(why: string | null, { crashed, read }: Parts): never {
  if (why !== null) {
    const message = `Python's side of the strategy is of no use: ${why}`;
    crashed({ code: 'PYTHON_MESSAGE', message, fault: null, stack: message, location: null });
  } else {
    read();
    waitForTheEnd();
  }
  return leave();
}
