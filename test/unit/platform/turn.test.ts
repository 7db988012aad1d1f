import { expect, it } from 'vitest';
import { inTurns, onNextTurn } from '../../../src/platform/turn.ts';

it('work in turns gives its result, and lets others have their turn before it is done', async () => {
  const turn = { isOver: false };
  onNextTurn(() => {
    turn.isOver = true;
  });
  const steps = (function* untilTurn(): Generator<undefined, string> {
    while (!turn.isOver) yield;
    return 'done';
  })();
  expect(await inTurns(steps)).toBe('done');
});

it('what a step throws is thrown', async () => {
  const steps = (function* failing(): Generator<undefined, never> {
    yield;
    throw new RangeError('no more');
  })();
  await expect(inTurns(steps)).rejects.toThrow('no more');
});
