import * as z from 'zod';
import type { SavedRisk } from './order-risk.ts';

/** Counters of one account and day, as they are kept. */
export const savedRisk: z.ZodType<SavedRisk> = z.object({
  accountKey: z.string(),
  day: z.string(),
  trades: z.number(),
  tradeValue: z.number(),
  cancels: z.number(),
  lastCancelAt: z.number().nullable(),
  cancelsOfOrder: z.array(z.tuple([z.string(), z.number()])),
});
