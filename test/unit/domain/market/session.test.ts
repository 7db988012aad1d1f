import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  barLabels,
  canCancel,
  canSendOrder,
  continuousSince,
  isContinuous,
  nextSendTimeOfDay,
  sessionPhase,
  TRADING_MINUTES,
} from '../../../../src/domain/market/session.ts';
import { chinaDay, chinaInstant, chinaText } from '../../../../src/domain/time.ts';

const at = (time: string): number => chinaInstant('2026-07-06', time);

describe('sessionPhase', () => {
  it.each([
    ['00:00', 'closed', false, false, false],
    ['09:14:59', 'closed', false, false, false],
    ['09:15', 'opening_call', true, true, false],
    ['09:19:59', 'opening_call', true, true, false],
    ['09:20', 'opening_call_no_cancel', true, false, false],
    ['09:24:59', 'opening_call_no_cancel', true, false, false],
    ['09:25', 'pre_open', false, false, false],
    ['09:29:59', 'pre_open', false, false, false],
    ['09:30', 'morning', true, true, true],
    ['11:29:59', 'morning', true, true, true],
    ['11:30', 'lunch', false, false, false],
    ['12:59:59', 'lunch', false, false, false],
    ['13:00', 'afternoon', true, true, true],
    ['14:56:59', 'afternoon', true, true, true],
    ['14:57', 'closing_call', true, false, false],
    ['14:59:59', 'closing_call', true, false, false],
    ['15:00', 'after_close', false, false, false],
    ['15:29:59', 'after_close', false, false, false],
    ['15:30', 'closed', false, false, false],
    ['23:59:59', 'closed', false, false, false],
  ])('%s: %s, send %s, cancel %s, continuous %s', (time, phase, send, cancel, continuous) => {
    const ms = at(time);
    expect([sessionPhase(ms), canSendOrder(ms), canCancel(ms), isContinuous(ms)]).toEqual([
      phase,
      send,
      cancel,
      continuous,
    ]);
  });

  it('does not open a millisecond early', () => {
    expect(sessionPhase(at('09:30') - 1)).toBe('pre_open');
    expect(sessionPhase(at('15:00') - 1)).toBe('closing_call');
  });
});

describe('nextSendTimeOfDay', () => {
  it.each([
    ['00:00', '09:15:00'],
    ['09:14:59', '09:15:00'],
    ['09:16', '09:16:00'],
    ['09:25', '09:30:00'],
    ['09:29:59', '09:30:00'],
    ['11:30', '13:00:00'],
    ['12:15', '13:00:00'],
    ['14:59:59', '14:59:59'],
  ])('%s → %s', (time, next) => {
    expect(chinaText(nextSendTimeOfDay(at(time)) ?? 0)).toBe(`2026-07-06 ${next}`);
  });

  it.each(['15:00', '15:30', '20:00', '23:59:59'])('%s: nothing more today', (time) => {
    expect(nextSendTimeOfDay(at(time))).toBeNull();
  });

  it('is the first moment of the same day, not before the question, at which an order may be sent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399_999 }), (offset) => {
        const ms = at('00:00') + offset;
        const next = nextSendTimeOfDay(ms);
        if (next === null) {
          expect(offset).toBeGreaterThanOrEqual(15 * 3_600_000);
          return;
        }
        expect(canSendOrder(next)).toBe(true);
        expect(next).toBeGreaterThanOrEqual(ms);
        expect(chinaDay(next)).toBe('2026-07-06');
        if (next > ms) expect(canSendOrder(next - 1)).toBe(false);
      }),
    );
  });
});

describe('trading minutes', () => {
  it('are 240, from 9:30 to 11:29 and 13:00 to 14:59, all in an order phase', () => {
    expect(TRADING_MINUTES).toHaveLength(240);
    expect([TRADING_MINUTES[0], TRADING_MINUTES[119], TRADING_MINUTES[120], TRADING_MINUTES[239]]).toEqual([
      570, 689, 780, 899,
    ]);
    for (const minute of TRADING_MINUTES) expect(canSendOrder(at('00:00') + minute * 60_000)).toBe(true);
  });

  it('have bars labelled by their end: 9:31 … 11:30, 13:01 … 15:00', () => {
    const labels = barLabels();
    expect(labels).toHaveLength(240);
    expect([labels[0], labels[119], labels[120], labels[239]]).toEqual([571, 690, 781, 900]);
  });
});

describe('continuousSince', () => {
  it.each([
    ['09:29:59', null],
    ['09:30', '09:30'],
    ['11:29:59', '09:30'],
    ['11:30', null],
    ['13:00', '13:00'],
    ['14:56:59', '13:00'],
    ['14:57', null],
  ])('at %s is %s', (time, since) => {
    expect(continuousSince(at(time))).toBe(since === null ? null : at(since));
  });
});
