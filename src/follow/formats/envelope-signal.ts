import * as z from 'zod';
import type { Signal, SourcePicture } from '../../domain/follow/signal.ts';
import { readSecurity } from '../../domain/market/symbol.ts';
import type { OpenedEnvelope } from './envelope.ts';
import { CLOCK_TOLERANCE_MS, notOfNow } from './reading.ts';
import type { Moment, Reading } from './reading.ts';

const MOST_SHARES = 1_000_000_000;
const MOST_MONEY = 1e13;
const MOST_POSITIONS = 2_000;

const Code = z
  .string()
  .max(20)
  .transform((text, context) => {
    const read = readSecurity(text);
    if (read === null) context.addIssue({ code: 'custom', message: 'is no code like 000001.XSHE' });
    return read?.security ?? text;
  });
const Instant = z.number().int().min(0).max(8.64e15);
const Price = z.number().positive().max(10_000_000).nullable();
const Money = z.number().min(-MOST_MONEY).max(MOST_MONEY).nullable();

const PictureBody = z.strictObject({
  at: Instant,
  total_value: Money,
  available_cash: Money,
  positions: z
    .array(
      z.strictObject({
        security: Code,
        amount: z.number().int().min(0).max(MOST_SHARES),
        price: Price,
        value: Money,
      }),
    )
    .max(MOST_POSITIONS),
});

const OrderBody = z.strictObject({
  kind: z.literal('order'),
  id: z.string().regex(/^\d{4}-\d{2}-\d{2}:[\w.+=-]{1,64}$/u),
  security: Code,
  side: z.enum(['buy', 'sell']),
  amount: z.number().int().positive().max(MOST_SHARES),
  price: Price,
  sent_at: Instant,
  is_closing: z.boolean().nullable(),
  picture: PictureBody.nullable(),
});

const Body = z.discriminatedUnion('kind', [
  OrderBody,
  z.strictObject({ kind: z.literal('picture'), picture: PictureBody }),
  z.strictObject({ kind: z.literal('hello') }),
]);

/** What an envelope of ours holds. `mostSeconds`: how long one may hold that came by this way. */
export function readEnvelopeSignal(opened: OpenedEnvelope, moment: Moment, mostSeconds: number): Reading {
  const { now } = moment;
  const { strategy } = opened;
  const unusable = (code: string, reason: string): Reading => ({ kind: 'unusable', strategy, code, reason });
  const old = notOfNow(opened.sealedAt, moment, Math.min(opened.validSeconds, mostSeconds) * 1000);
  if (old !== null) return unusable(old.code, old.reason);
  const raw = opened.plain.toString('utf8');
  const read = Body.safeParse(parsed(raw));
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue?.path.join('.') ?? '';
    return unusable(
      'BAD_SIGNAL',
      `${where === '' ? 'What was sealed' : where}: ${issue?.message ?? 'wrong'}. Nothing is followed.`,
    );
  }
  if (read.data.kind === 'hello') return { kind: 'hello', strategy };
  // The newest picture is the one that counts: one of years from now would be it for ever.
  if ((read.data.picture?.at ?? 0) > now + CLOCK_TOLERANCE_MS)
    return unusable('BAD_SIGNAL', 'picture.at: is in the future; epoch milliseconds are meant. Nothing is followed.');
  if (read.data.kind === 'picture') return { kind: 'picture', strategy, picture: pictureOf(read.data.picture) };
  return { kind: 'signal', signal: signalOf(read.data, { strategy, receivedAt: now, raw }) };
}

function signalOf(
  { id, security, side, amount, price, sent_at: sentAt, is_closing: isClosing, picture }: z.output<typeof OrderBody>,
  rest: Pick<Signal, 'strategy' | 'receivedAt' | 'raw'>,
): Signal {
  const shown = picture === null ? null : pictureOf(picture);
  return { ...rest, id, security, side, amount, price, sentAt, isClosing, picture: shown };
}

function pictureOf(body: z.output<typeof PictureBody>): SourcePicture {
  const { at, total_value: totalValue, available_cash: availableCash, positions } = body;
  return { at, totalValue, availableCash, positions };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
