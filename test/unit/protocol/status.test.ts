import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FINAL_BROKER_STATUSES } from '../../../src/domain/trading.ts';
import { brokerStatus } from '../../../src/protocol/status.ts';

const RAW = [
  [48, 'pending'],
  [49, 'pending'],
  [50, 'open'],
  [51, 'canceling'],
  [52, 'partly_canceling'],
  [53, 'partly_canceled'],
  [54, 'canceled'],
  [55, 'partly_filled'],
  [56, 'filled'],
  [57, 'rejected'],
  [255, 'unknown'],
  [86, 'unknown'],
  [0, 'unknown'],
] as const;

const WORDS = [
  ['new', 'pending'],
  ['submitted', 'pending'],
  ['open', 'open'],
  ['canceling', 'canceling'],
  ['partly_canceling', 'partly_canceling'],
  ['filling', 'partly_filled'],
  ['partly_filled', 'partly_filled'],
  ['partially_filled', 'partly_filled'],
  ['partly_canceled', 'partly_canceled'],
  ['partly_cancelled', 'partly_canceled'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  [' Cancelled ', 'canceled'],
  ['filled', 'filled'],
  ['FILLED', 'filled'],
  ['rejected', 'rejected'],
  ['submit_unknown', 'unknown'],
  ['failed', 'unknown'],
  ['error', 'unknown'],
  ['held', 'unknown'],
  ['weird', 'unknown'],
  ['', 'unknown'],
  ['toString', 'unknown'],
] as const;

describe('brokerStatus', () => {
  it.each(RAW)('raw %i decides whatever the word says: %s', (raw, expected) => {
    for (const [word] of WORDS) expect(brokerStatus(word, raw)).toBe(expected);
    expect(brokerStatus(undefined, String(raw))).toBe(expected);
  });

  it.each(WORDS)('word "%s" without a raw code: %s', (word, expected) => {
    for (const raw of [undefined, null, '', 'x', 1.5]) expect(brokerStatus(word, raw)).toBe(expected);
  });

  it('reads the known mistranslations of the back ends as what they are', () => {
    expect(brokerStatus('cancelled', 55)).toBe('partly_filled');
    expect(brokerStatus('partly_canceled', 54)).toBe('canceled');
    expect(brokerStatus('partly_filled', 53)).toBe('partly_canceled');
    expect(brokerStatus('partly_filled', 52)).toBe('partly_canceling');
    expect(brokerStatus('partly_canceled', 52)).toBe('partly_canceling');
    expect(brokerStatus('open', 51)).toBe('canceling');
    expect(brokerStatus('new', 255)).toBe('unknown');
  });

  it('never reads a live raw code as final, nor an unknown one', () => {
    const final = new Set([53, 54, 56, 57]);
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 300 }), (word, raw) => {
        expect(FINAL_BROKER_STATUSES.has(brokerStatus(word, raw))).toBe(final.has(raw));
      }),
    );
  });

  it.each([undefined, null, 5, {}, []])('word %j is unknown', (word) => {
    expect(brokerStatus(word, undefined)).toBe('unknown');
  });
});
