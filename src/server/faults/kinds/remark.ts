import * as z from 'zod';

import { BROKER, defineFault, pick } from '../kind.ts';
import { changeRows, withMembers, withoutMembers } from '../rows.ts';

const NAMES = ['order_remark', 'remark'];
const DEFAULT_REMARK = 'bullet-trade';

/** Remarks that are not what was sent, on orders and trades. */
export const remark = defineFault({
  kind: 'remark',
  about:
    'cuts the remark of orders and trades to so many characters, puts a text before it, leaves it out, or sends the default',
  actions: BROKER,
  rhythm: 'trait',
  params: {
    mode: z.enum(['cut', 'prefix', 'missing', 'default']),
    length: z.int().min(0).default(24),
    text: z.string().default('sub:demo|'),
  },
  variant: ({ mode }) => mode,
  draw: (rng) => ({
    mode: pick(rng, ['cut', 'prefix', 'missing', 'default']),
    length: pick(rng, [24, 20, 16, 11]),
  }),
  effect: ({ mode, length, text }) => {
    const changed = (old: unknown): unknown => {
      if (typeof old !== 'string') return old;
      if (mode === 'cut') return old.slice(0, length);
      return mode === 'prefix' ? `${text}${old}` : DEFAULT_REMARK;
    };
    return {
      after: (answer, call) => {
        if (answer === null) return 'on';
        const next = changeRows(answer, (row) =>
          mode === 'missing' ? withoutMembers(row, NAMES) : withMembers(row, NAMES, changed),
        );
        if (next === answer) return 'on';
        call.happened(answer);
        return { answer: next };
      },
    };
  },
});
