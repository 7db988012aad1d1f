import { join } from 'node:path';
import { g, Variables } from '../runtime/realm.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { atMost, type Figure, type Row } from './figure.ts';
import { ROOT, temporaryFolder } from './processes.ts';
import { spreadOf } from './stats.ts';
import { TEN_O_CLOCK } from './strategy-process.ts';

const SAVES = 200;
const WARM_UP = 30;
/** Characters of text that g comes to. */
const SIZE = 1024 * 1024;

/**
 * What it costs a task that g holds 1 MB: seen to be unchanged, and written down after a change, whole, in one variable and with the
 * record of the task; beside the ledger's write of the same text that nobody had to make.
 */
export const figure: Figure = {
  run() {
    const ledger = Ledger.open(temporaryFolder(join(ROOT, '.bt')));
    const variables = new Variables(() => undefined);
    g['prices'] = strategyData();
    const idle: number[] = [];
    const saved: number[] = [];
    const bare: number[] = [];
    for (let n = 0; n < WARM_UP + SAVES; n += 1) {
      const save = saveOnce(ledger, variables, n);
      const nothing = timed(() => variables.changes());
      if (n < WARM_UP) continue;
      saved.push(save.whole);
      bare.push(save.write);
      idle.push(nothing);
    }
    ledger.close();
    return Promise.resolve(rowsOf(saved, bare, idle));
  },
};

function rowsOf(saved: readonly number[], bare: readonly number[], idle: readonly number[]): Row[] {
  const [save, write, nothing] = [saved, bare, idle].map(spreadOf);
  if (save === undefined || write === undefined || nothing === undefined) return [];
  return [
    {
      what: 'saving g of 1 MB with the record of a task',
      unit: 'ms',
      shape: 'samples',
      spread: save,
      floor: { what: 'the write of that text alone', spread: write },
      target: atMost(5, 'ms', 'p50', save.p50),
    },
    {
      what: 'seeing that g of 1 MB is as it was',
      unit: 'ms',
      shape: 'samples',
      spread: nothing,
      floor: null,
      target: null,
    },
  ];
}

function saveOnce(ledger: Ledger, variables: Variables, n: number): { readonly whole: number; readonly write: number } {
  const prices = g['prices'] as Record<string, number[]>;
  prices['000001.XSHE'] = [n];
  const began = performance.now();
  const changes = variables.changes();
  const encoded = performance.now();
  const trigger = {
    key: `k${n}`,
    task: 'task',
    due: TEN_O_CLOCK,
    outcome: 'ran',
    reason: null,
    startedAt: 1,
    endedAt: 2,
  };
  ledger.recordTriggers([trigger], { variables: changes, settings: new Map() });
  const ended = performance.now();
  return { whole: ended - began, write: ended - encoded };
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** Closing prices of some hundred securities, as strategies keep them. */
function strategyData(): Record<string, number[]> {
  const data: Record<string, number[]> = {};
  let size = 0;
  for (let code = 600_000; size < SIZE; code += 1) {
    const closes = Array.from({ length: 250 }, (_, day) => Math.round(1000 + ((code * 31 + day * 17) % 900)) / 100);
    data[`${code}.XSHG`] = closes;
    size += JSON.stringify(closes).length + 15;
  }
  return data;
}
