import type { Receipt, Signal, SignalEnd, SignalSink, SourcePicture } from '../../../src/domain/follow/signal.ts';
import { signalKey } from '../../../src/domain/follow/signal.ts';
import { BtError } from '../../../src/domain/errors.ts';
import { sealEnvelope } from '../../../src/follow/formats/envelope.ts';
import type { EnvelopeKeys } from '../../../src/follow/formats/envelope-keys.ts';

/** The older sender's object, as it signs it. */
export const OLDER_ORDER = {
  状态: 'open',
  订单添加时间: '2026-03-02 09:31:00',
  买卖: 'True',
  下单数量: '300',
  已经成交: '0',
  股票代码: '000001.XSHE',
  订单ID: '1001',
  平均成交价格: '10.5',
  持仓成本: '10.5',
  多空: 'long',
  交易费用: '5.0',
  时间戳: '2026-03-02 09:31:00.123456',
  密码: 'xxx',
};

/** A signal as our own sender writes it. */
export function orderBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    kind: 'order',
    id: '2026-03-02:1001',
    security: '000001.XSHE',
    side: 'buy',
    amount: 300,
    price: 10.5,
    sent_at: 1_772_415_060_000,
    is_closing: null,
    picture: null,
    ...more,
  };
}

export interface Sealing {
  readonly strategy?: string;
  readonly at: number;
  readonly seconds?: number;
  readonly life?: string;
  readonly number?: number;
  readonly nonce?: number;
}

/** An envelope of that text, as base64. */
export function sealed(body: object | string, keys: EnvelopeKeys, sealing: Sealing): string {
  const { strategy = 'a', at, seconds = 60, life = '0001020304050607', number = 1, nonce = 0 } = sealing;
  const head = { strategy, sealedAt: at, validSeconds: seconds, life, number, nonce: Buffer.alloc(16, nonce) };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return sealEnvelope(head, Buffer.from(text, 'utf8'), keys).toString('base64');
}

/** Takes signals as a follower does, and holds each one's end until the test says it. */
export class FakeSink implements SignalSink {
  readonly signals: Signal[] = [];
  readonly pictures: SourcePicture[] = [];
  readonly #ends = new Map<string, PromiseWithResolvers<SignalEnd>>();
  isClosed = false;
  /** How often it was handed one, also one that it had. */
  handed = 0;
  /** What is refused: an id → why. */
  readonly refuses = new Map<string, string>();

  take(signal: Signal): Promise<Receipt> {
    if (this.isClosed) return Promise.reject(new BtError('FOLLOW_CLOSED', 'closed', { fault: 'venue' }));
    this.handed += 1;
    const key = signalKey(signal);
    const reason = this.refuses.get(signal.id);
    if (reason !== undefined) return Promise.resolve({ kind: 'refused', key, code: 'RULE', reason });
    const known = this.#ends.get(key);
    if (known !== undefined) return Promise.resolve({ kind: 'duplicate', key, state: 'ordered', end: known.promise });
    const end = Promise.withResolvers<SignalEnd>();
    this.#ends.set(key, end);
    this.signals.push(signal);
    return Promise.resolve({ kind: 'accepted', key, end: end.promise });
  }

  takePicture(_strategy: string, picture: SourcePicture): Promise<void> {
    this.pictures.push(picture);
    return Promise.resolve();
  }

  end(strategy: string, id: string): void {
    this.#ends.get(signalKey({ strategy, id }))?.resolve({ kind: 'filled', filled: 100, reason: null });
  }
}
