import { parentPort, workerData } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import { bindHost, type StrategyHost } from '../../../../runtime/host.ts';
import * as jqdata from '../../../../runtime/index.ts';
import { g } from '../../../../runtime/realm.ts';
import { StampedGlobals } from '../../../platform/stamped-globals.ts';
import { nextTurn } from '../../../platform/turn.ts';
import { BtError } from '../../../domain/errors.ts';
import { readingAhead } from '../../data/quotes-ahead.ts';
import { BridgeClient } from '../border/bridge-client.ts';
import { send, type FromThread, type ThreadStart, type ToThread } from '../border/messages.ts';
import { DECLARE_KEY, RUNTIME_KEY, type Declare } from '../build/global-keys.ts';
import { Dispatcher } from './dispatcher.ts';
import { FunctionTable } from './function-table.ts';
import { consoleTo } from './strategy-console.ts';
import { createStrategyHost } from './strategy-host.ts';
import { strategyError } from './thrown.ts';

/** Deep enough for the author's frames to be there behind the runtime's and the border's. */
const STACK_DEPTH = 50;

/** The strategy's thread: puts the runtime where the bundle looks for it, loads the bundle, then runs what the engine sends. */
async function main(start: ThreadStart, engine: NonNullable<typeof parentPort>): Promise<void> {
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = STACK_DEPTH;
  const tell = (message: FromThread): void => {
    send(engine, message);
  };
  const host = createStrategyHost(new BridgeClient(start.port, start.shared), start.runParams, start.load);
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
  const dispatcher = new Dispatcher({ host, functions, stamped, inputs, tell, entryModule: start.entryModule });
  process.on('unhandledRejection', (error) => {
    dispatcher.fault(error);
  });
  process.on('uncaughtException', (error) => {
    dispatcher.fault(error);
  });
  try {
    const exports = await load(start.bundle, () => {
      tell({ kind: 'load_failed', error: strategyError(neverLoaded(start.entryModule), inputs) });
    });
    tell({ kind: 'ready', hooks: dispatcher.loaded(exports) });
  } catch (error) {
    tell({ kind: 'load_failed', error: strategyError(error, inputs) });
    return;
  }
  engine.on('message', (message: ToThread) => {
    void dispatcher.run(message);
  });
}

/** Strategies find JoinQuant's names as globals and in `jqdata`; their console writes to the log. */
function provideGlobals(functions: FunctionTable, host: StrategyHost): void {
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

/** The bundle's exports. `stuck` is called when the loop has run empty and the module still waits. */
async function load(bundle: string, stuck: () => void): Promise<Readonly<Record<string, unknown>>> {
  process.once('beforeExit', stuck);
  const exports = (await import(pathToFileURL(bundle).href)) as Readonly<Record<string, unknown>>;
  process.off('beforeExit', stuck);
  await nextTurn(); // promises that the module forgot surface by then
  return exports;
}

function neverLoaded(file: string): BtError {
  return new BtError(
    'STRATEGY_LOAD',
    `${file}: an await at its top level never ends, nothing is left that could end it: await there only what ends, or move it into a hook`,
    { fault: 'strategy' },
  );
}

/** As a global that the strategy's own declarations and assignments win over. */
function provide(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

// Not awaited: Node would print a warning of its own where a strategy's file never ends loading.
if (parentPort !== null) void main(workerData as ThreadStart, parentPort);
