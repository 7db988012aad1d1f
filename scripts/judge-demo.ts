import type { OrderView } from '../src/domain/order/types.ts';
import { chinaText } from '../src/domain/time.ts';
import type { RunReport } from '../src/engine/report.ts';

/** One expectation of the demo morning. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** What was there instead; empty when it is as expected. */
  readonly detail: string;
}

const TASK_MINUTES = ['09:35', '09:36', '09:37', '09:38', '09:39'];
const GOLD = '518880.XSHG';

/** Holds a report of `strategies/demo.ts` against what its morning must look like. Pure: the same report, the same verdict. */
export function judgeDemo(report: RunReport): Finding[] {
  return [
    clean(report),
    tasks(report),
    limitOrder(report),
    marketOrder(report),
    roundTrip(report),
    noOtherOrders(report),
    identities(report),
    settled(report),
    cash(report),
  ];
}

function clean({ exitCode, errors }: RunReport): Finding {
  const problems = errors.map(({ code, message }) => `${code}: ${message}`);
  if (exitCode !== 0) problems.unshift(`exit code ${exitCode}`);
  return finding('the run ended cleanly, without errors', problems);
}

function tasks({ triggers }: RunReport): Finding {
  const problems = TASK_MINUTES.flatMap((minute) => {
    const due = triggers.filter((trigger) => chinaText(trigger.due).slice(11, 16) === minute);
    if (due.length === 0) return [`nothing was due at ${minute}`];
    return due
      .filter(({ outcome }) => outcome !== 'ran')
      .map(({ task, outcome, reason }) => `${task}: ${outcome}${reason === null ? '' : ` (${reason})`}`);
  });
  return finding('the five tasks ran on time', problems);
}

function limitOrder({ orders }: RunReport): Finding {
  const found = orders.filter((order) => order.security !== GOLD && order.style.kind === 'limit');
  const what = 'the limit buy below the market was cancelled unfilled';
  return finding(
    what,
    expectOne(found, 'buy', 'limit buy', (order) => order.state === 'canceled' && order.filled === 0),
  );
}

function marketOrder({ orders }: RunReport): Finding {
  const found = orders.filter((order) => order.security !== GOLD && order.style.kind === 'market');
  return finding('the market buy was filled', expectOne(found, 'buy', 'market buy', isFilled));
}

function roundTrip({ orders, accountAtStart, accountAtEnd }: RunReport): Finding {
  const gold = orders.filter((order) => order.security === GOLD);
  const problems = [
    ...expectOne(
      gold.filter(({ side }) => side === 'buy'),
      'buy',
      'gold buy',
      isFilled,
    ),
    ...expectOne(
      gold.filter(({ side }) => side === 'sell'),
      'sell',
      'gold sell',
      isFilled,
    ),
  ];
  const held = (view: RunReport['accountAtStart']): number =>
    view.positions.find(({ security }) => security === GOLD)?.amount ?? 0;
  const rest = held(accountAtEnd) - held(accountAtStart);
  if (rest !== 0) problems.push(`${rest} of ${GOLD} are left over`);
  return finding('the gold round trip was filled both ways and is flat', problems);
}

function noOtherOrders({ orders }: RunReport): Finding {
  const expected = 4;
  return finding('there were four orders', orders.length === expected ? [] : [`there were ${orders.length}`]);
}

/** One intent an order, one broker order an intent, each marked as ours. */
function identities({ orders, intents }: RunReport): Finding {
  const ids = intents.map(({ brokerOrderId }) => brokerOrderId);
  const problems: string[] = [];
  if (intents.length !== orders.length) problems.push(`${orders.length} orders became ${intents.length} intents`);
  if (ids.includes(null)) problems.push('an intent has no broker order');
  if (new Set(ids).size !== ids.length) problems.push('two intents have the same broker order');
  const unmarked = intents.filter(({ remark }) => !/^bt:[0-9a-z]{8}(?::|$)/u.test(remark) || remark.length > 24);
  problems.push(...unmarked.map(({ remark }) => `remark "${remark}" is not ours`));
  return finding('each order reached the broker once, under its own mark', problems);
}

function settled({ open }: RunReport): Finding {
  return finding(
    'nothing is left open',
    open.map(({ security, state }) => `${security} is ${state}`),
  );
}

/** Cash moved by exactly what was traded and what it cost. */
function cash({ trades, accountAtStart, accountAtEnd }: RunReport): Finding {
  let expected = accountAtStart.availableCash;
  for (const { side, amount, price, commission, tax } of trades) {
    if (commission === null || tax === null) return finding('the fees are known', ['a fill does not tell its fees']);
    expected += (side === 'buy' ? -1 : 1) * amount * price - commission - tax;
  }
  const difference = accountAtEnd.availableCash - expected;
  const problems = Math.abs(difference) < 0.01 ? [] : [`${difference.toFixed(2)} CNY do not add up`];
  return finding('cash moved by the fills and their fees, to the cent', problems);
}

function expectOne(
  found: readonly OrderView[],
  side: OrderView['side'],
  name: string,
  good: (order: OrderView) => boolean,
): string[] {
  const [order] = found;
  if (order === undefined || found.length > 1) return [`${found.length} orders look like the ${name}`];
  if (order.side === side && good(order)) return [];
  return [`the ${name} is a ${order.side}, ${order.state}, ${order.filled} of ${order.amount} filled`];
}

function isFilled(order: OrderView): boolean {
  return order.state === 'filled' && order.filled === order.amount && order.amount > 0;
}

function finding(what: string, problems: readonly string[]): Finding {
  return { what, ok: problems.length === 0, detail: problems.join('; ') };
}
