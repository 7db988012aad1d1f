import type { OrderView } from '../domain/order/types.ts';
import type { Log, LogEntry } from '../platform/log.ts';
import type { EngineEvent, Events, OrderChange } from './events.ts';

type Line = { readonly level: LogEntry['level']; readonly source: string; readonly text: string };

/** Writes what happens into the log, a line each. Returns what ends it. */
export function logEvents(events: Events, log: Log): () => void {
  return events.on((event) => {
    const line = lineOf(event);
    if (line !== null) log.child(line.source)[line.level](line.text);
  });
}

/** The line an event makes; null = none, because another event tells it, or it is of no use to a reader. */
export function lineOf(event: EngineEvent): Line | null {
  switch (event.kind) {
    case 'order':
      return orderLine(event);
    case 'fill':
      return fillLine(event);
    case 'order_note':
      return line(event.level, 'order', event.text);
    case 'external_change':
      return line('warning', 'account', event.text);
    case 'operator':
      return line('warning', 'operator', event.text);
    case 'gate':
      return event.reason === null ? null : line('debug', 'order', `Trading waits: ${event.reason}.`);
    case 'link':
      return event.up
        ? line('info', 'link', `The ${event.session} session is up.`)
        : line('warning', 'link', `The ${event.session} session is down: ${event.reason ?? 'no reason was given'}.`);
    case 'reading':
      return readingLine(event);
    case 'alarm':
      return line('error', 'alarm', `ALARM: ${event.alarm.text}`);
    case 'all_clear':
      return line('info', 'alarm', event.text);
    case 'strategy_error':
      return errorLine(event);
    case 'strategy_exit':
      return line('info', 'strategy', `The strategy ended itself (exit ${event.code}).`);
    case 'account':
    case 'trigger':
      return null;
  }
}

function orderLine({ order, intent, from, to, reason }: OrderChange): Line | null {
  if (intent === null) {
    if (to === 'planned') return line('info', 'order', `${whole(order)} waits for its sending window.`);
    const text = from === 'planned' ? 'A waiting order was not sent' : 'Order refused';
    return line('warning', 'order', `${text}: ${reason ?? '?'}`);
  }
  const { side, amount, security, price, brokerOrderId, remark } = intent;
  const name = `${side} ${amount} ${security} at ${price}`;
  const id = brokerOrderId === null ? '' : ` (${brokerOrderId})`;
  const why = reason === null ? '' : `: ${reason}`;
  switch (to) {
    case 'accepted':
      if (from === 'canceling') return line('warning', 'order', `${name} works on${id}${why}`);
      return from === 'sending' || from === null
        ? line('info', 'order', `${name}: accepted${id}`)
        : line('warning', 'order', `Found: order ${remark} is ${brokerOrderId ?? '?'}${why}.`);
    case 'unknown':
      return line(
        'warning',
        'order',
        `Order ${remark} is of UNKNOWN fate (${reason ?? '?'}). It is searched for and will not be sent again.`,
      );
    case 'rejected':
    case 'not_sent':
    case 'not_placed':
      return line('warning', 'order', `${name}: ${to}${id}${why}`);
    case 'canceled':
    case 'expired':
      return line('info', 'order', `${name}: ${to}${id}${why}`);
    case 'planned':
    case 'sending':
    case 'canceling':
    case 'filled':
      return null;
  }
}

function fillLine({ fill, intent }: Extract<EngineEvent, { kind: 'fill' }>): Line {
  const { side, security } = intent;
  return line('info', 'order', `filled: ${side} ${fill.amount} ${security} at ${fill.price} (${fill.brokerOrderId})`);
}

function errorLine({ task, error }: Extract<EngineEvent, { kind: 'strategy_error' }>): Line {
  const { message, location, fault } = error;
  const level = fault === 'venue' || fault === 'network' ? 'warning' : 'error';
  return line(level, 'strategy', `${task} failed: ${message}${location === null ? '' : ` (${location})`}`);
}

function readingLine({ what, waitedMs, error }: Extract<EngineEvent, { kind: 'reading' }>): Line {
  if (error !== null) return line('warning', 'account', `Could not read ${what}: ${error}`);
  return line(
    'warning',
    'account',
    `The gateway has not answered for ${Math.round(waitedMs / 1000)} s (asked for ${what}).`,
  );
}

function whole({ side, amount, security }: OrderView): string {
  return `${side} ${amount} ${security}`;
}

function line(level: Line['level'], source: string, text: string): Line {
  return { level, source, text };
}
