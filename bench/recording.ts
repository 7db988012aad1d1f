import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readRecording } from '../src/engine/replay/read-recording.ts';
import { RecordFile } from '../src/engine/replay/record-file.ts';
import { recordedBy } from '../src/engine/replay/recorder.ts';
import { replay } from '../src/engine/replay/replayer.ts';
import { ProcessRunner } from '../src/engine/strategy/process-runner/process-runner.ts';
import { nullLog } from '../src/platform/log.ts';
import { atMost, quietTimes } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { temporaryFolder } from './processes.ts';
import { percentile, quietRatio, spreadOf } from './stats.ts';
import { askTask, bundleOf, idleEngine, Lines, measureCalls, runTask, startStrategy } from './strategy-process.ts';

const CALLS = 200;
const ROUNDS = 24;
const MOST_COST = 1.1;
/** A minute strategy's day: 240 minutes, each with a few questions and a line. */
const MINUTES = 240;
const RUNS = 3;

const STRATEGY = `
import { get_orders, get_trades, log } from 'jqdata';
export function initialize() {}
${measureCalls(CALLS)}
function minute() {
  for (let question = 0; question < 5; question += 1) { get_orders(); get_trades(); }
  log.info('price %f at %d', Math.random(), Date.now());
}`;

/** What a recording adds to a call of a strategy, what a day of it weighs, and how fast that day is played again. */
export const figure: Figure = {
  async run() {
    return [await cost(), ...(await aDay())];
  },
};

async function cost(): Promise<Row> {
  const file = new RecordFile(join(temporaryFolder(), 'calls.rec'), () => undefined);
  const lines = new Lines();
  const engine = idleEngine({ log: lines.take });
  const plain = await startStrategy(STRATEGY, engine);
  const kept = await startStrategy(STRATEGY, engine, recordedBy(file, ProcessRunner.start));
  const [with_, without]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    without.push(percentile(await askTask(plain, lines, 'measure'), 0.5) * 1000);
    with_.push(percentile(await askTask(kept, lines, 'measure'), 0.5) * 1000);
  }
  await Promise.all([plain.stop(), kept.stop()]);
  await file.close();
  const factor = quietRatio(with_, without, 'lowest');
  return {
    what: `call of a strategy that is recorded, p50 of ${CALLS} in a row`,
    unit: 'µs',
    shape: 'runs',
    spread: spreadOf(with_),
    floor: { what: 'not recorded', spread: spreadOf(without) },
    target: quietTimes(MOST_COST, 'without', factor),
  };
}

async function aDay(): Promise<Row[]> {
  const path = join(temporaryFolder(), 'day.rec');
  const file = new RecordFile(path, () => undefined);
  const runner = await startStrategy(STRATEGY, idleEngine({}), recordedBy(file, ProcessRunner.start));
  const began = performance.now();
  for (let minute = 0; minute < MINUTES; minute += 1) await runTask(runner, 'minute');
  const recorded = performance.now() - began;
  await runner.stop();
  await file.close();
  const [run] = await readRecording(path);
  if (run === undefined) throw new Error('nothing was recorded');
  const times: number[] = [];
  for (let round = 0; round < RUNS; round += 1) {
    const start = performance.now();
    const outcome = await replay(run, {
      bundle: await bundleOf(STRATEGY),
      start: ProcessRunner.start,
      log: nullLog,
      memoryLimitMb: 512,
      hookTimeoutMs: 60_000,
      until: null,
      only: null,
      all: false,
      inspect: false,
    });
    if (outcome.differences.length > 0) throw new Error('the replay differs');
    times.push(performance.now() - start);
  }
  const what = `a day of ${MINUTES} minutes with ${run.dispatches.reduce((sum, { calls }) => sum + calls.length, 0)} calls`;
  const size = [statSync(path).size / 1024];
  return [
    {
      what: `${what}, played again`,
      unit: 'ms',
      shape: 'runs',
      spread: spreadOf(times),
      floor: { what: 'the same, recorded at once', spread: spreadOf([recorded]) },
      target: null,
    },
    {
      what: `${what}, on the disk`,
      unit: 'KB',
      shape: 'runs',
      spread: spreadOf(size),
      floor: null,
      target: atMost(1024, 'KB', 'size', size[0] ?? Number.NaN),
    },
  ];
}
