import { Operator } from '../../../../src/engine/operator/operator.ts';
import type { World } from '../orders/world.ts';

/** What a person may tell the running engine of a world; no tag is used yet, and no strategy is halted. */
export function anOperator({ broker, trading, clock, events }: World, resume = (): boolean => false): Operator {
  const { book, tracker } = trading;
  const reread = (): void => trading.reread();
  return new Operator({
    broker,
    book,
    tracker,
    clock,
    events,
    owner: 'test',
    isTagUsed: () => false,
    reread,
    resume,
    risk: trading.risk,
  });
}
