import { beforeEach, describe, expect, test } from 'vitest';
import { logEvents } from '../../../src/engine/events-log.ts';
import { Events } from '../../../src/engine/events.ts';
import { MemoryLog } from './strategy/fake-engine.ts';

const ERROR = { code: 'STRATEGY_ERROR', message: 'boom', fault: null, stack: '', location: 'demo.ts:3:5' } as const;

let events: Events;
let log: MemoryLog;
let unsubscribe: () => void;
beforeEach(() => {
  events = new Events();
  log = new MemoryLog();
  unsubscribe = logEvents(events, log);
});

const lines = (): string[] => log.entries.map(({ level, text }) => `${level} ${text}`);

describe('the log', () => {
  test('says what failed and where, an error that is not the strategy’s as a warning', () => {
    events.emit({ kind: 'strategy_error', task: 'buy', error: ERROR });
    events.emit({ kind: 'strategy_error', task: 'buy', error: { ...ERROR, location: null } });
    events.emit({ kind: 'strategy_error', task: 'buy', error: { ...ERROR, fault: 'venue' } });
    expect(lines()).toEqual([
      'error buy failed: boom (demo.ts:3:5)',
      'error buy failed: boom',
      'warning buy failed: boom (demo.ts:3:5)',
    ]);
  });

  test('ends a sentence once, whether or not the reason ends with a full stop', () => {
    for (const reason of ['127.0.0.1 closed the connection.', 'it is gone'])
      events.emit({ kind: 'link', session: 'read', up: false, reason });
    expect(lines()).toEqual([
      'warning The read session is down: 127.0.0.1 closed the connection.',
      'warning The read session is down: it is gone.',
    ]);
  });

  test('shows an alarm as one', () => {
    events.alarm('STRATEGY_LOST', null, 'it is gone.');
    events.emit({ kind: 'strategy_exit', code: 3 });
    expect(lines()).toEqual(['error ALARM: it is gone.', 'info The strategy ended itself (exit 3).']);
  });

  test('leaves out what has no line, and ends when told', () => {
    events.emit({ kind: 'account', version: 1 });
    unsubscribe();
    events.alarm('STRATEGY_LOST', null, 'it is gone.');
    expect(lines()).toEqual([]);
  });
});
