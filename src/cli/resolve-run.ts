import { BtError } from '../domain/errors.ts';
import {
  checkVerdict,
  filledByHand,
  isNamed,
  unknownIntent,
  verdictOf,
  type Verdict,
} from '../engine/operator/verdict.ts';
import type { IntentNews } from '../domain/order/intent.ts';
import { advance } from '../domain/order/life.ts';
import type { Fact, Life } from '../domain/order/life-types.ts';
import { differenceOf } from '../engine/orders/book/recording.ts';
import { Ledger } from '../ledger/ledger.ts';
import type { FillRow, IntentRow } from '../domain/order/rows.ts';
import { lockInstance } from '../ledger/lock.ts';
import { callControl } from '../platform/control-socket.ts';
import { say } from './say.ts';
import { wallNow } from '../platform/timers.ts';
import { chinaDay } from '../domain/time.ts';
import { instanceFacts } from '../status/folders.ts';
import { offlineNow } from '../status/offline-clock.ts';
import { askRunning } from './ask-running.ts';
import { instanceFolders } from './instances.ts';

/** Runs `bt resolve`. */
export async function runResolve(id: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const values = verdictValues(id, flags);
  const verdict = verdictOf(values);
  const folder = folderOf(id, instanceFolders(flags));
  const text = (await callControl(folder, { command: 'resolve', values })) ?? resolveHere(folder, id, verdict);
  say(`${text}\n`);
}

/** The options as the values of a command. */
function verdictValues(id: string, flags: Readonly<Record<string, unknown>>): Record<string, string> {
  const values: Record<string, string> = { id };
  for (const key of ['as', 'filled', 'price']) {
    const value = flags[key];
    if (typeof value === 'string') values[key] = value;
  }
  if (flags['notPlaced'] === true) values['notPlaced'] = 'yes';
  return values;
}

/** Runs `bt adopt`: only a running engine can look at the broker. */
export async function runAdopt(order: string, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const folders = instanceFolders(flags);
  const [folder] = folders;
  if (folder === undefined || folders.length > 1) {
    throw new BtError(
      'WHICH_INSTANCE',
      `There are ${folders.length} instances: name one with --state (${folders.join(', ')}).`,
      { fault: 'config' },
    );
  }
  await askRunning(folder, { command: 'adopt', values: { id: order } }, 'start it, then adopt the order');
}

/** The instance whose ledger has the order. */
function folderOf(id: string, folders: readonly string[]): string {
  const [only] = folders;
  if (folders.length === 1 && only !== undefined) return only;
  const owners = folders.filter((folder) => using(Ledger.read(folder), (ledger) => hasIntent(ledger, id)));
  const [owner] = owners;
  if (owners.length === 1 && owner !== undefined) return owner;
  throw new BtError(
    'WHICH_INSTANCE',
    `${owners.length === 0 ? 'None' : `More than one (${owners.length})`} of the instances here knows an order "${id}": name the right one with --state (${folders.join(', ')}).`,
    {
      fault: 'config',
    },
  );
}

function hasIntent(ledger: Ledger, id: string): boolean {
  const intents = ledger.intentsOf(chinaDay(wallNow()));
  return intents.some((intent) => isNamed(intent, id));
}

/** No engine runs: takes its lock and writes the ledger; the next start reconciles with the broker. */
function resolveHere(folder: string, id: string, verdict: Verdict): string {
  const lock = lockInstance(folder);
  try {
    return using(Ledger.open(folder), (ledger) => {
      const intent = unknownIntent(ledger.intentsOf(chinaDay(wallNow())), id);
      checkVerdict(intent, verdict);
      const at = offlineNow(instanceFacts(folder).clock, ledger, wallNow());
      return settle(ledger, intent, verdict, at);
    });
  } finally {
    lock.release();
  }
}

/** `at`: market time at which a person says so. */
function settle(ledger: Ledger, intent: IntentRow, verdict: Verdict, at: number): string {
  const { clientId, remark } = intent;
  const doubt: IntentNews[] = intent.state === 'sending' ? [{ clientId, event: 'outcome_unknown' }] : [];
  switch (verdict.kind) {
    case 'filled': {
      const { news, fills } = filledByHand(intent, ledger.fillsOfIntent(clientId), verdict);
      write(ledger, intent, [...doubt, news], at, fills);
      return `${remark} is settled: ${verdict.shares} of ${intent.amount} filled.`;
    }
    case 'as': {
      const { brokerOrderId } = verdict;
      write(ledger, intent, [...doubt, { clientId, event: 'live', reason: null, brokerOrderId }], at);
      return `${remark} is ${brokerOrderId}; the next start looks at it.`;
    }
    case 'not_placed':
      write(
        ledger,
        intent,
        [...doubt, { clientId, event: 'not_placed', reason: 'the operator says that it was not placed' }],
        at,
      );
      return `${remark} is settled as not placed. If the broker shows it after all, the next start adopts it.`;
  }
}

/** What the news make of the order's rows; the same reducer as in a running engine. */
function write(
  ledger: Ledger,
  intent: IntentRow,
  news: readonly IntentNews[],
  at: number,
  fills: readonly FillRow[] = [],
): void {
  const order = ledger.order(intent.orderId);
  if (order === null)
    throw new BtError('NO_ORDER', `The ledger has no order ${intent.orderId}. Please report this.`, { fault: 'bug' });
  const before: Life = { order, intents: ledger.intentsOfOrder(intent.orderId) };
  const facts = news.map((item): Fact => ({ kind: 'news', news: item }));
  const { life } = advance(before, facts, intent.updatedAt);
  ledger.record({ ...differenceOf(before, life, at), fills });
}

function using<T>(ledger: Ledger, work: (ledger: Ledger) => T): T {
  try {
    return work(ledger);
  } finally {
    ledger.close();
  }
}
