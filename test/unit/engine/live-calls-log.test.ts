import { expect, test } from 'vitest';
import { writeLine } from '../../../src/engine/live-calls.ts';
import { MemoryLog } from './strategy/fake-engine.ts';
import { at } from './time/scheduling.ts';

test('a line of the strategy has the time of everything else in the log; the time of its task is told where it is another', () => {
  const log = new MemoryLog();
  const line = { level: 'info', source: 'strategy', text: 'hello' } as const;
  writeLine(log, { ...line, time: at('09:36') }, at('09:36') + 999);
  writeLine(log, { ...line, time: at('09:36') }, at('09:36:14'));
  writeLine(log, { ...line, time: Number.NaN }, at('09:36:15'));
  expect(log.entries.map(({ time, fields }) => [time, fields ?? null])).toEqual([
    [at('09:36') + 999, null],
    [at('09:36:14'), { task_time: '09:36:00' }],
    [at('09:36:15'), null],
  ]);
});
