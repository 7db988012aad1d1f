import { describe, expect, it } from 'vitest';
import { errorCode, errorMessage } from '../../../../src/domain/errors.ts';
import { parseTimeExpression } from '../../../../src/domain/schedule/time-expression.ts';
import { clockText } from '../../../../src/domain/time.ts';

describe('parseTimeExpression', () => {
  it.each([
    ['9:30', '09:30:00'],
    ['09:30', '09:30:00'],
    ['0:00', '00:00:00'],
    ['23:59', '23:59:00'],
    ['14:50:30', '14:50:30'],
    ['9:30:05', '09:30:05'],
    [' 9:30 ', '09:30:00'],
    ['open', '09:30:00'],
    ['open+5m', '09:35:00'],
    ['open-10m', '09:20:00'],
    ['open+90s', '09:31:30'],
    ['open+1h', '10:30:00'],
    ['close', '15:00:00'],
    ['close-5m', '14:55:00'],
    ['close+30m', '15:30:00'],
    ['close-2h', '13:00:00'],
    ['before_open', '09:00:00'],
    ['after_close', '15:30:00'],
    ['morning', '08:00:00'],
    ['night', '20:00:00'],
    ['OPEN+5M', '09:35:00'],
  ])('%s is %s', (text, clock) => {
    const time = parseTimeExpression(text);
    expect(time.kind === 'clock' ? clockText(time.secondOfDay) : time.kind).toBe(clock);
  });

  it.each(['every_bar', 'every_minute'])('%s is every trading minute', (text) => {
    expect(parseTimeExpression(text)).toEqual({ kind: 'every_bar' });
  });

  it.each([
    '',
    '9',
    '930',
    '0930',
    '9:5',
    '24:00',
    '9:60',
    '09:30:60',
    '9:30am',
    '2026-07-06 09:30',
    'opening',
    'open+',
    'open+5',
    'open5m',
    'open+m',
    'open+5d',
    'open+1h30m',
    'open + 5m',
    'open+-5m',
    'open-10h',
    'close+9h',
    'before_open+5m',
    'every_bars',
    'every_tick',
  ])('"%s" is refused, with the text and the valid forms', (text) => {
    let caught: unknown = null;
    try {
      parseTimeExpression(text);
    } catch (error) {
      caught = error;
    }
    expect(errorCode(caught)).toBe('BAD_TIME_EXPRESSION');
    for (const part of [`"${text}"`, "'9:30'", 'every_bar', 'open+5m', 'after_close', 'night'])
      expect(errorMessage(caught)).toContain(part);
  });
});
