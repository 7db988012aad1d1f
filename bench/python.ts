import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EngineCalls } from '../runtime/border/calls.ts';
import type { HistoryBlock } from '../runtime/host.ts';
import { findPython, type Python } from '../src/engine/strategy/python/interpreter.ts';
import type { StrategyRunner } from '../src/engine/strategy/runner.ts';
import { environmentVariable } from '../src/platform/env.ts';
import { atMost } from './figure.ts';
import type { Figure, Row, Skipped } from './figure.ts';
import { temporaryFolder } from './processes.ts';
import { percentile, spreadOf } from './stats.ts';
import { askTask, bundleOf, idleEngine, Lines, SCRIPT, startBundle } from './strategy-process.ts';

const CALLS = 400;
const ROUNDS = 10;
const STARTS = 5;
const [DAYS, FIELDS] = [250, 6];
const PANDAS = `a table ${DAYS} × ${FIELDS} in Python`;

/** Each task says how long so many of something took, µs. */
const CODE = `
import json
from time import perf_counter
def initialize(context): pass
def measured(context, what):
    spent = []
    for _ in range(${CALLS}):
        began = perf_counter()
        what()
        spent.append((perf_counter() - began) * 1e6)
    log.info(json.dumps(spent))
def calls(context): measured(context, get_orders)
def fields(context): measured(context, lambda: context.portfolio.available_cash)
def tables(context):
    fields = ['open', 'close', 'high', 'low', 'volume', 'money']
    measured(context, lambda: get_price('600000.XSHG', count=${DAYS}, end_date='2026-07-03', fields=fields))
`;

/**
 * A strategy in Python: what a call takes from the script to the engine and back, all of both runtimes included; a table of bars as a
 * DataFrame; a field of an account that has not changed; and its start, beside that of its imports alone. The Python is BT_PYTHON's or
 * the one that is found.
 */
export const figure: Figure = {
  async run() {
    const python = await findPython(join(temporaryFolder(), SCRIPT), environmentVariable('BT_PYTHON'));
    const lines = new Lines();
    const { runner } = await startScript(CODE, python, idleEngine({ log: lines.take, history, account }));
    const ask = async (name: string): Promise<number[]> => rounds(runner, lines, name);
    const calls = await ask('calls');
    const fields = await ask('fields');
    const hasPandas = await imports(python, 'import pandas');
    const tables = hasPandas === null ? null : await ask('tables');
    await runner.stop();
    return [
      row('call of a script in Python, get_orders()', calls, [0.5, 100]),
      row('the same', calls, [0.99, 400]),
      row('a field of the portfolio, unchanged', fields, [0.5, 5]),
      tables === null ? { what: PANDAS, skipped: `${python.path} has no pandas` } : row(PANDAS, tables, [0.5, 500]),
      await start(python, hasPandas === null ? '' : 'import pandas'),
    ];
  },
};

function row(what: string, readings: readonly number[], [share, limit]: readonly [number, number]): Row {
  const which = share === 0.5 ? 'p50' : 'p99';
  const target = atMost(limit, 'µs', which, percentile(readings, share));
  return { what, unit: 'µs', shape: 'samples', spread: spreadOf(readings), floor: null, target };
}

async function rounds(runner: StrategyRunner, lines: Lines, name: string): Promise<number[]> {
  const once = (): Promise<number[]> => askTask(runner, lines, name, SCRIPT);
  await once();
  const all: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) all.push(...(await once()));
  return all;
}

/** From the start of both processes to a loaded script, beside a Python that does the same imports and nothing else. */
async function start(python: Python, line: string): Promise<Row | Skipped> {
  const bare: number[] = [];
  const ours: number[] = [];
  for (let run = 0; run < STARTS; run += 1) {
    bare.push((await imports(python, line)) ?? Number.NaN);
    const { runner, ms } = await startScript(`${line}\n${CODE}`, python, idleEngine({}));
    ours.push(ms);
    await runner.stop();
  }
  const own = percentile(bare, 0.5);
  return {
    what: line === '' ? 'start of a script in Python' : `start of a script with ${line}`,
    unit: 'ms',
    shape: 'runs',
    spread: spreadOf(ours),
    floor: { what: 'Python with its imports', spread: spreadOf(bare) },
    target: atMost(Math.round(1.2 * own + 500), 'ms', 'median', percentile(ours, 0.5)),
  };
}

async function startScript(
  source: string,
  python: Python,
  engine: EngineCalls,
): Promise<{ readonly runner: StrategyRunner; readonly ms: number }> {
  const bundle = await bundleOf(source, python);
  const began = performance.now();
  const runner = await startBundle(bundle, engine, { memoryLimitMb: 1024 });
  return { runner, ms: performance.now() - began };
}

/** Wall ms of a Python that runs this line; null when it fails. */
async function imports({ path }: Python, line: string): Promise<number | null> {
  const began = performance.now();
  try {
    await promisify(execFile)(path, ['-c', line]);
    return performance.now() - began;
  } catch {
    return null;
  }
}

const history: EngineCalls['history'] = ({ securities, fields }) => {
  const time = Float64Array.from({ length: DAYS }, (_, day) => Date.UTC(2025, 6, 1 + day) - 8 * 3_600_000);
  const column = (): Float64Array => Float64Array.from(time, (_, day) => 10 + day / 100);
  const block = (security: string): HistoryBlock => ({
    security,
    time,
    columns: Object.fromEntries(fields.map((field) => [field, column()])),
  });
  return Promise.resolve(securities.map(block));
};

const account: EngineCalls['account'] = () =>
  Promise.resolve({
    version: 0,
    asOf: 0,
    availableCash: 100_000,
    lockedCash: 0,
    transferableCash: null,
    totalValue: 100_000,
    startingCash: 100_000,
    positions: [],
  });
