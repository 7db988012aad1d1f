import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForInterrupts } from '../../../src/cli/signals.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function press(signal: NodeJS.Signals): void {
  process.emit(signal);
  process.emit(signal); // npm forwards it: the same press
  vi.advanceTimersByTime(500);
}

test('once asks to stop, again to end now, a third time leaves; a press that npm forwards counts once', () => {
  const leave = vi.fn<(why: string) => void>();
  const before = process.listenerCount('SIGINT');
  const interrupts = listenForInterrupts(leave);
  const heard = (): boolean[] => [interrupts.signal.aborted, interrupts.endNow.aborted];
  expect(heard()).toEqual([false, false]);
  press('SIGINT');
  expect(heard()).toEqual([true, false]);
  press('SIGTERM');
  expect(heard()).toEqual([true, true]);
  expect(leave).not.toHaveBeenCalled();
  press('SIGINT');
  expect(leave.mock.calls).toEqual([['pressed']]);
  interrupts.release();
  expect(process.listenerCount('SIGINT')).toBe(before);
});

test('where nothing can be ended now, the second press leaves', () => {
  const leave = vi.fn<(why: string) => void>();
  const interrupts = listenForInterrupts(leave, 2);
  press('SIGINT');
  expect([interrupts.signal.aborted, leave.mock.calls]).toEqual([true, []]);
  press('SIGINT');
  expect([interrupts.endNow.aborted, leave.mock.calls]).toEqual([false, [['pressed']]]);
  interrupts.release();
  vi.advanceTimersByTime(60_000);
  expect(leave).toHaveBeenCalledTimes(1);
});

test('a run that has not ended 10 s after the second press is left; one that has is not', () => {
  const leave = vi.fn<(why: string) => void>();
  const late = listenForInterrupts(leave);
  press('SIGTERM');
  press('SIGTERM');
  vi.advanceTimersByTime(9_400);
  expect(leave).not.toHaveBeenCalled();
  vi.advanceTimersByTime(200);
  expect(leave.mock.calls).toEqual([['late']]);
  late.release();
  const inTime = listenForInterrupts(leave);
  press('SIGTERM');
  press('SIGTERM');
  inTime.release();
  vi.advanceTimersByTime(60_000);
  expect(leave).toHaveBeenCalledTimes(1);
});
