import type { PaperExchange } from '../../../src/exchange/types.ts';
import { createExchange } from '../../../src/exchange/index.ts';
import type { Rng } from '../../../src/platform/random.ts';
import type { RecordStore } from '../../../src/server/record/types.ts';
import type { ServerState } from '../../../src/server/state-file.ts';
import type { BridgeFault, KeyedOrder, Outside, RecordCrash } from '../plan/outside.ts';
import { Bridges } from './bridge.ts';
import { ACCOUNTS } from './first-book.ts';
import type { OutsideOptions } from './gateway.ts';
import { KeyedClient } from './keyed-client.ts';
import { Process } from './process.ts';
import { RecordDisk } from './record-disk.ts';
import type { World } from './world.ts';

/** What of a world lies outside the gateway's process: counter, bridge, the record's disk, and a client that repeats its keys. */
export class OutsideWorld {
  readonly client: KeyedClient;
  readonly #world: World;
  readonly #counter: PaperExchange;
  readonly #bridges: Bridges;
  readonly #disk = new RecordDisk();
  readonly #bridgeFaults: { readonly rule: BridgeFault; left: number }[];
  readonly #recordCrashes: { readonly rule: RecordCrash; left: number }[];

  constructor(world: World, plan: Outside, state: ServerState, rng: Rng) {
    this.#world = world;
    this.#bridgeFaults = plan.bridgeFaults.map((rule) => ({ rule, left: rule.nth }));
    this.#recordCrashes = plan.recordCrashes.map((rule) => ({ rule, left: rule.nth }));
    const { clock } = new Process('counter', world.time, world.market);
    this.#counter = createExchange({
      clock,
      seed: world.marketSeed,
      accounts: ACCOUNTS.map(({ key, id }) => ({ key, accountId: id, cash: 0 })),
      state: state.exchange,
    });
    this.#bridges = new Bridges({
      time: world.time,
      latency: plan.latency,
      faultAt: (side, call) => this.#bridgeFault(side, call),
    });
    this.client = new KeyedClient(world, rng);
  }

  gatewayOptions(): OutsideOptions {
    return {
      counter: this.#counter,
      bridges: this.#bridges,
      record: (owner) => this.#record(owner),
      network: this.client.network,
    };
  }

  place(order: KeyedOrder): void {
    this.#world.struck('keyed order');
    this.client.begin(order);
  }

  close(): void {
    this.#disk.close();
  }

  #record(owner: Process): RecordStore {
    const hook = { before: () => this.#recordCrash('before'), after: () => this.#recordCrash('after') };
    return this.#world.recordOf(this.#disk.open(owner, hook), owner);
  }

  #bridgeFault(side: BridgeFault['side'], call: string): BridgeFault | null {
    if (call === 'submit') this.#recordCrash(side === 'before' ? 'called' : 'done');
    const due = this.#due(this.#bridgeFaults, (rule) => rule.side === side && (rule.call === '' || rule.call === call));
    if (due !== null) {
      this.#world.note('fault', `the bridge is ${due.kind} ${side} ${call}, ${Math.round(due.ms)} ms`);
      this.#world.struck(`bridge ${due.kind}`);
    }
    return due;
  }

  #recordCrash(side: RecordCrash['side']): void {
    if (this.#world.isCalm) return;
    const due = this.#due(this.#recordCrashes, (rule) => rule.side === side);
    if (due === null) return;
    this.#world.struck('record crash');
    this.#world.note('fault', `the gateway dies: ${side}, at its record and counter`);
    this.#world.crashServer({ memory: 'all', point: 'executed', action: '', nth: 1, from: 0, downMs: due.downMs });
  }

  #due<T extends { readonly from: number }>(
    rules: { readonly rule: T; left: number }[],
    fits: (rule: T) => boolean,
  ): T | null {
    const now = this.#world.time.now();
    for (const [index, armed] of rules.entries()) {
      if (now < armed.rule.from || !fits(armed.rule)) continue;
      armed.left -= 1;
      if (armed.left > 0) continue;
      rules.splice(index, 1);
      return armed.rule;
    }
    return null;
  }
}
