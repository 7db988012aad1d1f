import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listenForInterrupts } from '../../../src/cli/signals.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('once asks to stop; again leaves at once; a press that npm forwards counts once', () => {
  const atOnce = vi.fn<() => void>();
  const before = process.listenerCount('SIGINT');
  const interrupts = listenForInterrupts(atOnce);
  expect(interrupts.signal.aborted).toBe(false);
  process.emit('SIGINT');
  process.emit('SIGINT');
  expect(interrupts.signal.aborted).toBe(true);
  expect(atOnce).not.toHaveBeenCalled();
  vi.advanceTimersByTime(500);
  process.emit('SIGTERM');
  expect(atOnce).toHaveBeenCalledTimes(1);
  interrupts.release();
  expect(process.listenerCount('SIGINT')).toBe(before);
});
