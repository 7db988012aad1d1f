import { chinaInstant } from '../../../../../src/domain/time.ts';
import type { HistoryBlock, HistoryRequest } from '../../../../../runtime/host.ts';
import { bindFake } from '../../fake-host.ts';
import type { FakeHost } from '../../fake-host.ts';

/** Bars of one security, oldest first, by column. */
export type Columns = Readonly<Record<string, readonly number[]>>;

const LAST_DAY = chinaInstant('2026-07-03', '00:00');
const DAY = 86_400_000;

/** A host whose securities have these daily bars, the last one on 2026-07-03; it gives the last `count` of them. */
export function marketOf(securities: Readonly<Record<string, Columns>>): FakeHost {
  const host = bindFake();
  host.bars = (security, request) => block(security, securities[security] ?? {}, request);
  return host;
}

function block(security: string, columns: Columns, { count, fields }: HistoryRequest): HistoryBlock {
  const length = Math.max(0, ...Object.values(columns).map((one) => one.length));
  const from = Math.max(0, length - (count ?? length));
  const time = Float64Array.from({ length: length - from }, (_, i) => LAST_DAY - (length - from - 1 - i) * DAY);
  const shown = fields.map((field): [string, Float64Array] => [
    field,
    Float64Array.from((columns[field] ?? []).slice(from)),
  ]);
  return { security, time, columns: Object.fromEntries(shown) };
}

/** A price that wanders, with its ranges and volumes: the same for the same seed. */
export function wander(length: number, seed: number): Columns & { readonly close: readonly number[] } {
  let state = seed;
  const random = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const columns = { open: [], high: [], low: [], close: [], volume: [], money: [], factor: [] } as Record<
    string,
    number[]
  >;
  let price = 10;
  for (let i = 0; i < length; i += 1) {
    const open = price * (1 + (random() - 0.5) * 0.02);
    price = Math.max(1, price * (1 + (random() - 0.5) * 0.06));
    const volume = Math.round(random() * 1e6) + 100;
    columns['open']?.push(open);
    columns['close']?.push(price);
    columns['high']?.push(Math.max(open, price) * (1 + random() * 0.01));
    columns['low']?.push(Math.min(open, price) * (1 - random() * 0.01));
    columns['volume']?.push(volume);
    columns['money']?.push(volume * price);
    columns['factor']?.push(1);
  }
  return columns as unknown as Columns & { readonly close: readonly number[] };
}
