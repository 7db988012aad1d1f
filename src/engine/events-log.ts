import type { Log } from '../platform/log.ts';
import type { EngineEvent, Events } from './events.ts';
import { cutOffText } from './strategy-calls.ts';
import { fillLine, orderLine, type Line } from './order-lines.ts';
import { orderIds, type KnownOrders } from './order-trace.ts';

const NOBODY: KnownOrders = { book: () => ({ life: () => null }), ledger: { intentOfTag: () => null } };

/** Writes what happens into the log, a line each that `isHeard`, with the order that it is about. Returns what ends it. */
export function logEvents(
  events: Events,
  log: Log,
  isHeard: (line: Line) => boolean = () => true,
  known: KnownOrders = NOBODY,
): () => void {
  return events.on((event) => {
    const line = lineOf(event);
    if (line === null || !isHeard(line)) return;
    const ids = orderIds(event, known);
    log.write({ ...line, time: null, ...(ids === null ? {} : { ids }) });
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
    case 'risk':
      return riskLine(event);
    case 'signal':
      return line(event.level, 'follow', event.text);
    case 'deviation':
      return line(event.count === 0 ? 'info' : 'warning', 'follow', event.text);
    case 'external_change':
    case 'operator':
      return line('warning', event.kind === 'operator' ? 'operator' : 'account', event.text);
    case 'gate':
      return event.reason === null ? null : line('debug', 'order', `Trading waits: ${withoutStop(event.reason)}.`);
    case 'link':
      return linkLine(event);
    case 'reading':
      return readingLine(event);
    case 'alarm':
    case 'all_clear':
      return alarmLine(event);
    case 'data_failed':
      return event.count > 1 ? null : line('warning', 'data', dataText(event));
    case 'strategy_error':
    case 'task_not_run':
    case 'clock_step':
    case 'call_cut_off':
    case 'strategy_exit':
      return strategyLine(event);
    case 'account':
    case 'trigger':
    case 'venue':
      return null;
  }
}

type StrategyKind = 'strategy_error' | 'task_not_run' | 'clock_step' | 'call_cut_off' | 'strategy_exit';

function strategyLine(event: Extract<EngineEvent, { kind: StrategyKind }>): Line {
  switch (event.kind) {
    case 'strategy_error':
      return errorLine(event);
    case 'task_not_run':
      return line('error', 'schedule', `${event.task} is not run: ${event.reason}`);
    case 'clock_step':
      return line('warning', 'clock', clockText(event.stepMs));
    case 'call_cut_off':
      return line('warning', 'strategy', cutOffText(event.call, event.beganAt, event.orders));
    case 'strategy_exit':
      return line('info', 'strategy', `The strategy ended itself (exit ${event.code}).`);
  }
}

function alarmLine(event: Extract<EngineEvent, { kind: 'alarm' | 'all_clear' }>): Line {
  if (event.kind === 'all_clear') return line('info', 'alarm', event.text);
  return line('error', 'alarm', `ALARM: ${event.alarm.text}`);
}

/** A denial has the line of its order. */
function riskLine({ level, text }: Extract<EngineEvent, { kind: 'risk' }>): Line | null {
  return level === 'denied' ? null : line('warning', 'risk', `${text.charAt(0).toUpperCase()}${text.slice(1)}`);
}

function clockText(stepMs: number): string {
  const seconds = Math.round(Math.abs(stepMs) / 1000);
  return stepMs < 0
    ? `The clock of this machine was set back by ${seconds} s. Nothing that ran runs again; what is due waits for its time.`
    : `The clock of this machine is ahead by ${seconds} s at once: it was set, or the machine slept.`;
}

function dataText({ what, code, message }: Extract<EngineEvent, { kind: 'data_failed' }>): string {
  return `The strategy asked for ${what} and got ${code}: ${message} It is told once; the report counts it.`;
}

function linkLine({ session, up, reason }: Extract<EngineEvent, { kind: 'link' }>): Line {
  if (up) return line('info', 'link', `The ${session} session is up.`);
  const why = withoutStop(reason ?? 'no reason was given');
  return line('warning', 'link', `The ${session} session is down: ${why}.`);
}

/** Reasons come with and without a full stop. */
function withoutStop(text: string): string {
  return text.replace(/\.$/u, '');
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

function line(level: Line['level'], source: string, text: string): Line {
  return { level, source, text };
}
