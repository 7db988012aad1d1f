import type { InstanceStatus, InstanceSummary } from '../../status/types.ts';
import { fittedTable } from '../fitted-table.ts';
import { money } from '../tables.ts';
import { stopsText } from './status-words.ts';

/** A line an instance. */
export function instancesText(all: readonly (InstanceStatus | InstanceSummary)[], colors: boolean): string {
  const rows = all.map((one) => ('version' in one ? statusRow(one) : summaryRow(one)));
  const head = ['instance', 'trades on', 'clock', 'runs', 'state', 'open orders', 'total value'];
  return fittedTable(head, rows, ['open orders', 'total value'], colors);
}

function statusRow(status: InstanceStatus): string[] {
  const { instance, broker, endpoint, clock, pid, running, portfolio, orders } = status;
  const open = orders.filter(({ phase }) => phase !== 'done').length;
  const runs = running ? (pid === null ? 'yes' : `pid ${pid}`) : 'no';
  const total = money(portfolio?.totalValue ?? null);
  return [instance, `${broker} ${endpoint}`, clock, runs, stateText(status), String(open), total];
}

function stateText({ problem, engine, unknowns, risk }: InstanceStatus): string {
  const state =
    problem ??
    (engine === null
      ? null
      : !engine.ready
        ? 'starting'
        : (engine.gate ?? (engine.strategy?.state === 'halted' ? 'halted' : null)));
  const doubts = unknowns.length === 0 ? null : `${unknowns.length} of unknown fate`;
  const words = [stopsText(risk), state, doubts].filter((text) => text !== null);
  return words.length > 0 ? words.join('; ') : engine === null ? '' : 'trading';
}

function summaryRow({ instance, problem }: InstanceSummary): string[] {
  return [instance, '?', '?', '?', problem ?? '', '-', '-'];
}
