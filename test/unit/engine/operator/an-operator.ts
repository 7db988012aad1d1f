import { Operator } from '../../../../src/engine/operator/operator.ts';
import type { World } from '../orders/world.ts';

const NO_REPORT = {
  answer: (): never => {
    throw new Error('nobody asks for it here');
  },
};

/** What a person may tell the running engine of a world; no tag is used yet, and no strategy is halted. */
export function anOperator({ broker, trading, clock, events, timers }: World, resume = (): boolean => false): Operator {
  const { book, tracker, driver } = trading;
  const reread = (): void => trading.reread();
  return new Operator({
    broker,
    book,
    tracker,
    driver,
    timers,
    report: NO_REPORT,
    clock,
    events,
    owner: 'test',
    isTagUsed: () => false,
    reread,
    resume,
    risk: trading.risk,
  });
}
