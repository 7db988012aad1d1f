import { describe, expect, it } from 'vitest';
import { BtError } from '../../src/domain/errors.ts';
import { difference } from './compare.ts';
import { document, evaluate, isError } from './evaluate.ts';

describe(`as pandas ${document.pandas}`, () => {
  it('has the cases it was made for', () => {
    expect(document.cases.length).toBeGreaterThanOrEqual(400);
  });

  it.each(document.cases)('$id', (example) => {
    if (isError(example.result)) expect(() => evaluate(example)).toThrow(BtError);
    else expect(difference(example.result, evaluate(example)) ?? 'same').toBe('same');
  });
});
