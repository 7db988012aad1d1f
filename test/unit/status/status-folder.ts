import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chinaInstant } from '../../../src/domain/time.ts';
import { writeInstanceFile } from '../../../src/ledger/instance-file.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { DAY, fill, intent, order } from '../ledger/ledger-rows.ts';

export { DAY } from '../ledger/ledger-rows.ts';

export const TEN = chinaInstant(DAY, '10:00:00');

/** A place of instances. */
export class StatusPlace {
  readonly root = temporaryFolder('status');
  readonly #open: Ledger[] = [];

  /** A new instance, whose ledger stays open as that of an engine would. */
  instance(name: string, clock = 'simulated'): { readonly folder: string; readonly ledger: Ledger } {
    const folder = join(this.root, name);
    mkdirSync(folder);
    const facts = { broker: 'qmt-remote', endpoint: 'localhost:58620', account: 'main', subAccount: null, clock };
    writeInstanceFile(folder, { name: `the ${name}`, ...facts });
    const ledger = Ledger.open(folder);
    this.#open.push(ledger);
    return { folder, ledger };
  }

  file(folder: string, name: string, text: string): void {
    writeFileSync(join(folder, name), text);
  }

  close(): void {
    for (const ledger of this.#open) ledger.close();
  }
}

/** One buy of 100 that was filled at 10:00, with its history and its fill. */
export function writeOrder(ledger: Ledger): void {
  const sent = { ...intent, state: 'filled', filled: 100, sentAt: TEN, updatedAt: TEN, brokerOrderId: '77' } as const;
  const change = { orderId: order.orderId, reason: null, by: null };
  ledger.record({
    orders: [{ ...order, createdAt: TEN, phase: 'done', cancelWhy: null }],
    intents: [sent],
    fills: [{ ...fill, brokerOrderId: '77', amount: 100, price: 10, time: TEN + 1_000 }],
    changes: [
      { ...change, clientId: intent.clientId, at: TEN, state: 'planned' },
      { ...change, clientId: intent.clientId, at: TEN + 1, state: 'sending' },
      { ...change, clientId: intent.clientId, at: TEN + 900, state: 'filled', by: 'counter', reason: 'done' },
    ],
  });
}
