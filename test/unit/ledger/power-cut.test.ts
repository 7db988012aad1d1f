import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { LEDGER_FILE } from '../../../src/ledger/instance-file.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { intent, order } from './ledger-rows.ts';

let folder = '';
let log = '';
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder('power');
  log = join(folder, `${LEDGER_FILE}-wal`);
  ledger = Ledger.open(folder);
});

const size = (): number => statSync(log).size;
const trigger = (key: string, n: number): void =>
  ledger.recordTriggers([{ key, task: 't', due: n, outcome: 'ran', reason: null, startedAt: n, endedAt: n }], {
    variables: [{ part: 'g', name: 'n', text: String(n) }],
    settings: new Map(),
  });

/** What another start finds when only so much of the ledger's log had reached the disk. */
function foundAfter(bytes: number): {
  readonly g: string | null | undefined;
  readonly ran: string[];
  readonly orders: number;
} {
  const copy = temporaryFolder('power-after');
  for (const name of [LEDGER_FILE, `${LEDGER_FILE}-wal`, 'instance.json'])
    copyFileSync(join(folder, name), join(copy, name));
  truncateSync(join(copy, `${LEDGER_FILE}-wal`), bytes);
  const next = Ledger.open(copy);
  const g = next.state.variables().find(({ name }) => name === 'n')?.text;
  const found = { g, ran: next.triggersSince(0).map(({ key }) => key), orders: next.ordersSince(0).length };
  next.close();
  return found;
}

it('a power cut may take the records of tasks, with what they changed of g, back to the last full commit; a kill takes none', () => {
  trigger('one', 1);
  ledger.record({ orders: [order], intents: [intent] });
  const onDisk = size();
  trigger('two', 2);
  trigger('three', 3);
  expect(size()).toBeGreaterThan(onDisk);
  expect(foundAfter(onDisk)).toEqual({ g: '1', ran: ['one'], orders: 1 });
  expect(foundAfter(size())).toEqual({ g: '3', ran: ['one', 'two', 'three'], orders: 1 });
  // What waited for no disk is before an order that follows from it, in the same log.
  ledger.record({ orders: [{ ...order, orderId: 'next', requestKey: 'next' }] });
  expect(foundAfter(size())).toEqual({ g: '3', ran: ['one', 'two', 'three'], orders: 2 });
  ledger.close();
});

it('a power cut may take an order that is recorded ahead until the next commit, or until it is settled; a kill takes none', () => {
  ledger.record({ orders: [{ ...order, orderId: 'first', requestKey: 'first' }] });
  const onDisk = size();
  ledger.recordAhead({ orders: [order], intents: [intent] });
  const written = size();
  expect(foundAfter(onDisk).orders).toBe(1);
  expect(foundAfter(written).orders).toBe(2);
  // Only a commit that writes something waits for the disk.
  ledger.settle();
  expect(size()).toBeGreaterThan(written);
  expect(foundAfter(size()).orders).toBe(2);
  ledger.close();
});
