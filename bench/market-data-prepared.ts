import { once } from './figure.ts';
import type { Figure } from './figure.ts';
import { openStage } from './market-data-stage.ts';
import { STRATEGY } from './market-data-strategy.ts';

/**
 * The first questions for all stocks of a strategy whose gateway has prepared its paper market, as `bt server` does in the seconds after
 * READY; `market-data` has the same at once.
 */
export const figure: Figure = {
  async run() {
    const stage = await openStage(STRATEGY, true);
    const [securities = Number.NaN] = await stage.ask('securities');
    const [screen = Number.NaN] = await stage.ask('screen');
    await stage.stop();
    return [
      once("get_all_securities('stock'), the first time, after preparation", 'ms', securities, 60),
      once('get_fundamentals of the whole market × 20, the first time, after preparation', 'ms', screen, 150),
    ];
  },
};
