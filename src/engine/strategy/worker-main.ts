import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { bindHost } from '../../../runtime/host.ts';
import * as jqdata from '../../../runtime/index.ts';
import { g } from '../../../runtime/realm.ts';
import { readingAhead } from '../data/quotes-ahead.ts';
import { StampedGlobals } from '../../platform/stamped-globals.ts';
import { nextTurn } from '../../platform/turn.ts';
import { BridgeClient } from './bridge-client.ts';
import { BridgeHost } from './bridge-host.ts';
import { send, type FromWorker, type ToWorker, type WorkerStart } from './bridge.ts';
import { FunctionTable } from './function-table.ts';
import { DECLARE_KEY, RUNTIME_KEY, type Declare } from './global-keys.ts';
import { consoleTo } from './strategy-console.ts';
import { strategyError } from './strategy-error.ts';
import { StrategyThread } from './strategy-thread.ts';

/** Deep enough for the author's frames to be there behind the runtime's and the border's. */
const STACK_DEPTH = 50;

/** The strategy's thread: puts the runtime where the bundle looks for it, loads the bundle, then runs what the engine sends. */
async function main(start: WorkerStart, engine: NonNullable<typeof parentPort>): Promise<void> {
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = STACK_DEPTH;
  const tell = (message: FromWorker): void => {
    send(engine, message);
  };
  const host = new BridgeHost(new BridgeClient(start.port, start.shared), start.runParams, start.load);
  const functions = new FunctionTable();
  const stamped = new StampedGlobals(start.stamp);
  const inputs = new Set(start.inputs);
  provideGlobals(functions, host);
  stamped.install();
  bindHost(
    readingAhead(
      host,
      () => stamped.now(),
      () => Object.values(g),
    ),
    (fn) => functions.placeOf(fn),
  );
  const thread = new StrategyThread({ host, functions, stamped, inputs, tell, entryModule: start.entryModule });
  process.on('unhandledRejection', (error) => {
    thread.fault(error);
  });
  process.on('uncaughtException', (error) => {
    thread.fault(error);
  });
  try {
    const exports = (await import(pathToFileURL(start.bundle).href)) as Readonly<Record<string, unknown>>;
    await nextTurn(); // promises that the module forgot surface by then
    tell({ kind: 'ready', hooks: thread.loaded(exports) });
  } catch (error) {
    tell({ kind: 'load_failed', error: strategyError(error, inputs) });
    return;
  }
  engine.on('message', (message: ToWorker) => {
    void thread.run(message);
  });
}

/** Strategies find JoinQuant's names as globals and in `jqdata`; their console writes to the log. */
function provideGlobals(functions: FunctionTable, host: BridgeHost): void {
  const declare: Declare = (module, declared) => {
    functions.declare(module, declared);
  };
  const toLog = consoleTo((level, text) => {
    host.log({ level, source: 'strategy', text, time: host.dispatch().logicalTime });
  });
  provide(Symbol.for(DECLARE_KEY), declare);
  provide(Symbol.for(RUNTIME_KEY), jqdata);
  provide('console', toLog);
  for (const [name, value] of Object.entries(jqdata)) provide(name, value);
}

/** As a global that the strategy's own declarations and assignments win over. */
function provide(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

if (parentPort !== null) await main(workerData as WorkerStart, parentPort);
