import * as z from 'zod';

import { isJsonObject } from '../../../protocol/json.ts';
import { defineFault, pick } from '../kind.ts';
import { changeWholeList } from '../rows.ts';

const MODE = z.enum(['replay', 'empty', 'partial']);

/** A list of trades that repeats all its rows, comes empty, or without its latest half. */
export const trades = defineFault({
  kind: 'trades',
  about: 'repeats all trades (so many copies), or lets them come empty or without their latest half',
  actions: ['broker.trades', 'broker.list_trades'],
  rhythm: 'event',
  params: { mode: MODE, copies: z.int().min(1).max(5).default(1) },
  variant: ({ mode }) => mode,
  draw: (rng) => ({ mode: pick(rng, ['replay', 'empty', 'partial']) }),
  effect: ({ mode, copies }) => ({
    after: (answer, call) => {
      if (answer === null || !Array.isArray(answer['payload']) || answer['payload'].length === 0) return 'on';
      call.happened(answer);
      return { answer: changeWholeList(answer, (rows) => listed(rows, mode, copies)) };
    },
  }),
});

function listed(rows: readonly unknown[], mode: 'replay' | 'empty' | 'partial', copies: number): unknown[] {
  if (mode === 'empty') return [];
  if (mode === 'partial') return rows.slice(0, Math.floor(rows.length / 2));
  return Array.from({ length: copies + 1 }, () => rows.filter(isJsonObject)).flat();
}
