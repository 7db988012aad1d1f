import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { bindHost, type KeptSetting, type StrategyHost } from '../../../../runtime/host.ts';
import * as jqdata from '../../../../runtime/index.ts';
import { loadLibrary } from '../../../../runtime/libraries/index.ts';
import { g, restoreSettings, speak, Variables } from '../../../../runtime/realm.ts';
import type { BtError } from '../../../domain/errors.ts';
import { StampedGlobals } from '../../../platform/stamped-globals.ts';
import { readingAhead } from '../../data/reading-ahead.ts';
import { FrameDecoder } from '../border/frame-decoder.ts';
import { fromFrame, toFrame } from '../border/frames.ts';
import type { FromStrategy, PythonStart, StrategyStart, ToStrategy } from '../border/messages.ts';
import { FD } from '../border/pipes.ts';
import { DECLARE_KEY, LIBRARY_KEY, RUNTIME_KEY, type Declare } from '../build/global-keys.ts';
import { BridgeClient } from './bridge-client.ts';
import { Dispatcher } from './dispatcher.ts';
import { FunctionTable } from './function-table.ts';
import { Outside } from './outside.ts';
import type { HookName } from '../hooks.ts';
import { JavaScriptCode } from './javascript-code.ts';
import { Looks } from './looks.ts';
import { leave, readMessage, writeWhole } from './pipe-files.ts';
import type { PythonNeeds } from './python/python-start.ts';
import { consoleTo } from './strategy-console.ts';
import { createStrategyHost } from './strategy-host.ts';
import type { StrategyCode } from './strategy-code.ts';
import type { WatcherStart } from './watcher.ts';

/** Deep enough for the author's frames to be there behind the runtime's and the border's. */
const STACK_DEPTH = 50;
/** The terminal and service managers send these to all processes of a run: what they mean is the engine's business. */
const NOT_FOR_US: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];
/** A checkout runs the source, the built package the file beside it. */
const WATCHER = import.meta.url.endsWith('.ts')
  ? new URL('./watcher.ts', import.meta.url)
  : new URL('./strategy-watcher.js', import.meta.url);

/** What runs in the strategy's process: puts the runtime where the bundle looks for it, loads the bundle, then runs what the engine sends. */
export async function main(): Promise<void> {
  for (const signal of NOT_FOR_US) process.on(signal, () => undefined);
  const start = readMessage(FD.dispatches) as StrategyStart; // our engine holds the other end
  startWatcher({ memoryLimitBytes: start.memoryLimitBytes });
  process.setSourceMapsEnabled(true);
  Error.stackTraceLimit = STACK_DEPTH;
  const outside = new Outside(start.keepsReadings);
  outside.begin(start.readings);
  const market = marketOf(start, outside, (error) => dispatcher.fault(error));
  const { stamped, looks, bridge } = market;
  const host = createStrategyHost(bridge, start.runParams, start.load);
  const code = start.python === null ? javaScript(start, host) : await python(start, start.python, { host, ...market });
  stamped.install();
  const kept = (): readonly unknown[] => Object.values(g);
  const ahead = readingAhead(host, market.readAheadAt, kept, (security) => code.around(security));
  bindHost(ahead, (fn) => code.placeOf(fn));
  const dispatcher = new Dispatcher({ host, code, stamped, looks, outside, tell });
  hearErrors(dispatcher, code);
  try {
    const hooks = await load(dispatcher, host);
    tell({ kind: 'ready', hooks, readings: outside.readings() });
  } catch (error) {
    tell({ kind: 'load_failed', error: code.describe(error) });
    return;
  }
  hearDispatches((message) => void dispatcher.run(message));
}

interface Market {
  readonly stamped: StampedGlobals;
  readonly looks: Looks;
  readonly bridge: BridgeClient;
  readonly readAheadAt: () => number;
}

/** What the strategy sees of the market by itself, each look counted; and the calls that go to the engine. */
function marketOf(start: StrategyStart, outside: Outside, differs: (error: BtError) => void): Market {
  const looks = new Looks((ms) => void bridge.call('passTime', [ms]));
  const stamped = new StampedGlobals(start.stamp, outside.clock, () => looks.at('clock'));
  const version: typeof outside.version = (read) => {
    looks.at('account');
    return outside.version(read);
  };
  const bridge: BridgeClient = new BridgeClient(version, {
    asks: (name, frame) => looks.asked(name, frame),
    time: (now) => stamped.at(now),
    differs,
  });
  const readAheadAt = (): number => {
    looks.at('read ahead');
    return stamped.now();
  };
  looks.begin(start.stamp);
  return { stamped, looks, bridge, readAheadAt };
}

function javaScript({ bundle, entryModule, inputs }: StrategyStart, host: StrategyHost): StrategyCode {
  const functions = new FunctionTable();
  provideGlobals(functions, host);
  const variables = new Variables((text) => speak('system', 'warning', text));
  return new JavaScriptCode({ bundle, entryModule, inputs: new Set(inputs), functions, variables });
}

/** Loaded for a script of Python's only. */
async function python(start: StrategyStart, own: PythonStart, parts: PythonNeeds): Promise<StrategyCode> {
  const { pythonCode } = await import('./python/python-start.ts');
  return pythonCode(start, own, {
    ...parts,
    crashed: (error) => tell({ kind: 'crashed', error }),
    read: () => tell({ kind: 'python_read' }),
  });
}

/** What was kept wins over what the top level of its files sets. */
async function load(dispatcher: Dispatcher, host: StrategyHost): Promise<readonly HookName[]> {
  let settings: readonly KeptSetting[] = [];
  const hooks = await dispatcher.load(() => {
    const kept = host.kept();
    settings = kept?.settings ?? [];
    return kept?.variables ?? null;
  });
  restoreSettings(settings);
  return hooks;
}

function tell(message: FromStrategy): void {
  writeWhole(FD.calls, toFrame(message));
}

/** What no hook catches counts against the one that runs; what nobody catches at all ends this process, and the engine is told why. */
function hearErrors(dispatcher: Dispatcher, code: StrategyCode): void {
  const fault = (error: unknown): void => {
    dispatcher.fault(error);
  };
  process.on('unhandledRejection', fault);
  process.on('uncaughtException', fault);
  process.on('uncaughtExceptionMonitor', (error) => {
    if (!process.listeners('uncaughtException').includes(fault)) {
      tell({ kind: 'crashed', error: code.describe(error) });
    }
  });
}

function hearDispatches(run: (message: ToStrategy) => void): void {
  const dispatches = new Socket({ fd: FD.dispatches, readable: true, writable: false });
  const frames = new FrameDecoder({ longest: Infinity, onBroken: leave });
  dispatches.on('data', (chunk) => {
    frames.add(chunk);
    for (let body = frames.next(); body !== null; body = frames.next()) {
      run(fromFrame(body) as ToStrategy); // our engine holds the other end
    }
  });
  dispatches.on('error', () => undefined); // it closes
  dispatches.on('close', leave);
}

function startWatcher(workerData: WatcherStart): void {
  new Worker(WATCHER, { name: 'watcher', workerData, env: {}, resourceLimits: { maxOldGenerationSizeMb: 32 } }).unref();
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
  provide(Symbol.for(LIBRARY_KEY), loadLibrary);
  provide('console', toLog);
  for (const [name, value] of Object.entries(jqdata)) provide(name, value);
}

/** As a global that the strategy's own declarations and assignments win over. */
function provide(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}
