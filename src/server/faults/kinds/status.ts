import * as z from 'zod';
import { RECORDED_WORDS } from '../../../protocol/encode/recorded/order-rows.ts';
import { BROKER, defineFault, pick } from '../kind.ts';
import { changeRows } from '../rows.ts';

const BACKENDS = ['stub', 'qmt', 'big_qmt'] as const;
type Backend = (typeof BACKENDS)[number];

/** QMT's codes in the words of each back end, its mistakes included (52 as partly_canceled; 53, 54 and 55 of big_qmt). */
const WORDS: Readonly<Record<Backend, Readonly<Record<number, string>>>> = {
  stub: RECORDED_WORDS,
  qmt: {
    48: 'new',
    49: 'new',
    51: 'canceling',
    52: 'partly_canceled',
    53: 'partly_canceled',
    54: 'canceled',
    55: 'filling',
    56: 'filled',
    57: 'rejected',
    255: 'new',
  },
  big_qmt: {
    48: 'open',
    49: 'open',
    50: 'open',
    51: 'open',
    52: 'partly_filled',
    53: 'partly_filled',
    54: 'partly_canceled',
    55: 'cancelled',
    56: 'filled',
    57: 'rejected',
    86: 'cancelled',
  },
};
/** Each back end's word for a code it does not know. */
const OTHERS: Readonly<Record<Backend, string>> = { stub: 'unknown', qmt: 'open', big_qmt: 'unknown' };

/** Status words as another back end writes them; on request another code, or no code at all. */
export const status = defineFault({
  kind: 'status',
  about:
    'writes status in the words of stub, qmt or big_qmt; "raw": in the place of the true code; "keep_raw" false: no code',
  actions: BROKER,
  rhythm: 'trait',
  params: {
    backend: z.enum(BACKENDS),
    raw: z.union([z.int().min(48).max(57), z.literal(86), z.literal(255)]).optional(),
    keep_raw: z.boolean().default(true),
  },
  variant: ({ backend, raw }) => (raw === undefined ? backend : `${backend} ${raw}`),
  // A word without a code is ambiguous where the back end errs; and of the untrue codes only "unknown" is not a lie.
  draw: (rng) => ({
    backend: pick(rng, BACKENDS),
    ...(rng.next() < 0.2 ? { raw: 255 as const, probability: 0.3 } : {}),
  }),
  effect: ({ backend, raw, keep_raw: keepRaw }) => ({
    after: (answer, call) => {
      if (answer === null) return 'on';
      const next = changeRows(answer, (row) => {
        const code = raw ?? row['raw_status'];
        if (!('raw_status' in row) || typeof code !== 'number') return row;
        const word = WORDS[backend][code] ?? OTHERS[backend];
        if (keepRaw) {
          return row['status'] === word && row['raw_status'] === code
            ? row
            : { ...row, status: word, raw_status: code };
        }
        const { raw_status: _, ...rest } = row;
        return { ...rest, status: word };
      });
      if (next === answer) return 'on';
      call.happened(answer);
      return { answer: next };
    },
  }),
});
