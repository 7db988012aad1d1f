import type { Log, LogEntry } from '../platform/log.ts';
import type { EngineEvent, Events } from './events.ts';

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
    case 'alarm':
      return line('error', 'alarm', `ALARM: ${event.alarm.text}`);
    case 'strategy_error': {
      const { message, location, fault } = event.error;
      const level = fault === 'venue' || fault === 'network' ? 'warning' : 'error';
      return line(level, 'strategy', `${event.task} failed: ${message}${location === null ? '' : ` (${location})`}`);
    }
    case 'strategy_exit':
      return line('info', 'strategy', `The strategy ended itself (exit ${event.code}).`);
    case 'order':
    case 'fill':
    case 'order_note':
    case 'account':
    case 'gate':
    case 'link':
    case 'reading':
    case 'trigger':
    case 'all_clear':
      return null;
  }
}

function line(level: Line['level'], source: string, text: string): Line {
  return { level, source, text };
}
