import type { Counter, CounterArgs } from './terminal.ts';
import type { SdkRow } from './terminal-rows.ts';

/** The instant at which the recorded stand-in's market stood, epoch ms; its orders' ids begin here. */
const TICK_TIME = 1_795_138_260_000;
const FIRST_ID = 1_073_741_900;
const FILL_MS = 1000;

interface Paper {
  readonly last: number;
  readonly high: number;
  readonly low: number;
  readonly name: string;
  /** What becomes of an order: it stays open, is filled after a second, partly filled, or refused. */
  readonly fate: 'open' | 'filled' | 'part' | 'raises' | 'refused' | 'slow-cancel';
  readonly suspended?: boolean;
}

/** The securities of the recordings, as they show them. */
const PAPERS: Readonly<Record<string, Paper>> = {
  '000001.SZ': { last: 10.1, high: 11.11, low: 9.09, name: '平安银行', fate: 'filled' },
  '000002.SZ': { last: 8.2, high: 9.02, low: 7.38, name: 'N000002.SZ', fate: 'open' },
  '000003.SZ': { last: 5, high: 5.5, low: 4.5, name: 'N000003.SZ', fate: 'open', suspended: true },
  '600000.SH': { last: 7.5, high: 8.25, low: 6.75, name: 'N600000.SH', fate: 'open' },
  '601318.SH': { last: 45, high: 49.5, low: 40.5, name: 'N601318.SH', fate: 'part' },
  '510050.SH': { last: 2.9, high: 3.19, low: 2.61, name: 'N510050.SH', fate: 'raises' },
  '300750.SZ': { last: 180, high: 216, low: 144, name: 'N300750.SZ', fate: 'refused' },
  '518880.SH': { last: 5.6, high: 6.16, low: 5.04, name: 'N518880.SH', fate: 'slow-cancel' },
};

interface Entered {
  readonly row: SdkRow;
  readonly at: number;
  readonly fate: Paper['fate'];
  canceled: boolean;
}

/** The counter and the market behind the recorded exchanges with the deployed server's QMT back end. */
export class RecordedCounter implements Counter {
  readonly #now: () => number;
  readonly #orders: Entered[] = [];
  #next = FIRST_ID;

  /** `now`: epoch ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The recordings count orders of scenarios that are not kept. */
  skipTo(orderId: number): void {
    this.#next = Math.max(this.#next, orderId);
  }

  orders(): SdkRow[] {
    return this.#orders.map((entered) => this.#rowOf(entered));
  }

  trades(): SdkRow[] {
    return this.orders().flatMap((row) => {
      const volume = Number(row['traded_volume']);
      if (volume === 0) return [];
      const { account_id, stock_code, order_type, order_id, order_remark, price } = row;
      const same = { account_id, stock_code, order_type, order_id, order_remark };
      return [
        {
          ...same,
          traded_id: `T${Number(order_id)}`,
          traded_price: price,
          traded_volume: volume,
          traded_time: 1_795_210_488,
        },
      ];
    });
  }

  tick(code: string): SdkRow {
    const { last } = paperOf(code) ?? { last: 0 };
    return { time: TICK_TIME, lastPrice: last, lastClose: last, stockStatus: 13, volume: 1000, amount: 0 };
  }

  call(name: string, args: CounterArgs): unknown {
    switch (name) {
      case 'query_stock_asset':
        return { cash: 500_000, frozen_cash: 0, market_value: 10_100, total_asset: 510_100 };
      case 'query_stock_positions':
        return [{ stock_code: '000001.SZ', volume: 1000, can_use_volume: 800, avg_price: 9.5, market_value: 10_100 }];
      case 'query_stock_orders':
        return this.orders();
      case 'query_stock_trades':
        return this.trades();
      case 'query_stock_order':
        return this.orders().find((row) => row['order_id'] === args['order_id']) ?? null;
      case 'order_stock':
        return this.#place(args);
      case 'cancel_order_stock':
        return this.#cancel(Number(args['order_id']));
      default:
        return marketAnswer(name, args);
    }
  }

  #place(args: CounterArgs): unknown {
    const fate = paperOf(args['stock_code'])?.fate ?? 'open';
    if (fate === 'raises') return { $raise: 'vendor: order refused' };
    if (fate === 'refused') return -1;
    const { account, stock_code, order_type, order_volume, price, strategy_name, order_remark } = args;
    const id = this.#next++;
    const sent = { account_id: account, stock_code, order_type, order_volume, price, strategy_name, order_remark };
    const row = {
      ...sent,
      order_id: id,
      order_sysid: String(id % 1_000_000),
      price_type: 11,
      order_time: 1_795_210_487,
    };
    this.#orders.push({ row, at: this.#now(), fate, canceled: false });
    return id;
  }

  #cancel(orderId: number): number {
    const entered = this.#orders.find(({ row }) => row['order_id'] === orderId);
    if (entered === undefined || Number(this.#rowOf(entered)['order_status']) > 55) return -1;
    entered.canceled = true;
    return 0;
  }

  #rowOf({ row, at, fate, canceled }: Entered): SdkRow {
    const isDue = this.#now() - at >= FILL_MS;
    const all = Number(row['order_volume']);
    const filled = isDue && fate === 'filled' ? all : isDue && fate === 'part' ? 100 : 0;
    const live = filled === all ? 56 : filled > 0 ? 55 : 50;
    const status = canceled && live !== 56 ? (fate === 'slow-cancel' ? 51 : filled > 0 ? 53 : 54) : live;
    return { ...row, traded_volume: filled, traded_price: filled > 0 ? row['price'] : 0, order_status: status };
  }
}

function paperOf(code: unknown): Paper | undefined {
  return typeof code === 'string' ? PAPERS[code] : undefined;
}

function marketAnswer(name: string, args: CounterArgs): unknown {
  const codes = Array.isArray(args['codes']) ? args['codes'].map(String) : [];
  switch (name) {
    case 'get_full_tick':
      return Object.fromEntries(
        codes.flatMap((code) => {
          const paper = paperOf(code);
          return paper === undefined ? [] : [[code, { time: TICK_TIME, lastPrice: paper.last, openInt: 13 }]];
        }),
      );
    case 'get_instrument_detail':
      return instrument(args['code']);
    case 'get_trading_dates':
      return [1_795_017_600_000, 1_795_104_000_000];
    case 'get_stock_list_in_sector':
      return args['name'] === '沪深A股' ? ['000001.SZ', '600000.SH'] : [];
    case 'get_index_weight':
      return { '000001.SZ': 1, '600000.SH': 1 };
    case 'get_divid_factors':
      return { $frame: [['20260612'], { interest: [0.362], stockBonus: [0], stockGift: [0] }] };
    case 'get_market_data_ex':
      return Object.fromEntries(codes.map((code) => [code, frame(code, args['period'] === '1d')]));
    default:
      return null;
  }
}

function instrument(code: unknown): SdkRow | null {
  const paper = paperOf(code);
  if (paper === undefined) return null;
  return {
    InstrumentName: paper.name,
    UpStopPrice: paper.high,
    DownStopPrice: paper.low,
    PreClose: paper.last,
    InstrumentStatus: paper.suspended === true ? 1 : 0,
    OpenDate: '19910403',
    ExpireDate: '99999999',
  };
}

/** Two bars, of which the second has no close. Days count shares there, minutes lots. */
function frame(code: string, daily: boolean): SdkRow {
  const paper = paperOf(code);
  if (paper === undefined) return { $frame: [[], {}] };
  const time = daily ? [1_795_017_600_000, 1_795_104_000_000] : [1_795_138_320_000, 1_795_138_380_000];
  const both = (value: number): number[] => [value, value];
  const columns = {
    time,
    open: both(paper.last),
    high: both(paper.last + 0.1),
    low: both(paper.last - 0.1),
    close: [paper.last, { $nan: true }],
    volume: both(1000),
    amount: both(daily ? 10_100 : 1_010_000),
    preClose: both(paper.last),
    suspendFlag: both(0),
  };
  return {
    $frame: [
      time.map((_, row) => (daily ? ['20261119', '20261120'] : ['20261120093200', '20261120093300'])[row]),
      columns,
    ],
  };
}
