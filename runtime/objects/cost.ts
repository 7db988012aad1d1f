import { bindArguments, optional, required } from '../api/arguments.ts';
import { readFinite } from '../api/readers.ts';
import { pyRepr } from '../text/python-text.ts';
import { callable } from './guard.ts';

export interface OrderCostOptions {
  readonly open_tax?: number;
  readonly close_tax?: number;
  readonly open_commission?: number;
  readonly close_commission?: number;
  readonly close_today_commission?: number;
  readonly min_commission?: number;
}

const COST_ARGS = {
  open_tax: optional(readFinite, 0),
  close_tax: optional(readFinite, 0),
  open_commission: optional(readFinite, 0),
  close_commission: optional(readFinite, 0),
  close_today_commission: optional(readFinite, 0),
  min_commission: optional(readFinite, 0),
};

/** Fees as ratios of the money traded, `min_commission` in CNY. Recorded; a live broker charges its own. */
class Cost {
  readonly open_tax: number;
  readonly close_tax: number;
  readonly open_commission: number;
  readonly close_commission: number;
  readonly close_today_commission: number;
  readonly min_commission: number;

  constructor(
    open_tax?: number | OrderCostOptions,
    close_tax?: number,
    open_commission?: number,
    close_commission?: number,
    close_today_commission?: number,
    min_commission?: number,
  ) {
    const values = [open_tax, close_tax, open_commission, close_commission, close_today_commission, min_commission];
    const a = bindArguments('OrderCost', COST_ARGS, values);
    this.open_tax = a.open_tax;
    this.close_tax = a.close_tax;
    this.open_commission = a.open_commission;
    this.close_commission = a.close_commission;
    this.close_today_commission = a.close_today_commission;
    this.min_commission = a.min_commission;
    Object.freeze(this);
  }

  toString(): string {
    const { open_tax, close_tax, open_commission, close_commission, close_today_commission, min_commission } = this;
    const rates = { open_tax, close_tax, open_commission, close_commission, close_today_commission, min_commission };
    return `OrderCost(${pyRepr(rates)})`;
  }
}

/** Slippage of a fixed sum, CNY, half of it each side. */
class Fixed {
  readonly kind = 'fixed';
  readonly value: number;

  constructor(value: number) {
    this.value = bindArguments('FixedSlippage', { value: required(readFinite) }, [value]).value;
    Object.freeze(this);
  }
}

/** Slippage as a ratio of the price, half of it each side. */
class PriceRelated {
  readonly kind = 'price_related';
  readonly value: number;

  constructor(value: number) {
    this.value = bindArguments('PriceRelatedSlippage', { value: required(readFinite) }, [value]).value;
    Object.freeze(this);
  }
}

/** Slippage in ticks, half of them each side. */
class StepRelated {
  readonly kind = 'step_related';
  readonly value: number;

  constructor(value: number) {
    this.value = bindArguments('StepRelatedSlippage', { value: required(readFinite) }, [value]).value;
    Object.freeze(this);
  }
}

export interface PerTradeOptions {
  readonly buy_cost?: number;
  readonly sell_cost?: number;
  readonly min_cost?: number;
}

const PER_TRADE_ARGS = {
  buy_cost: optional(readFinite, 0.0003),
  sell_cost: optional(readFinite, 0.0013),
  min_cost: optional(readFinite, 5),
};

/** JoinQuant's old fee model: ratios, minimum in CNY. */
class Commission {
  readonly buy_cost: number;
  readonly sell_cost: number;
  readonly min_cost: number;

  constructor(buy_cost?: number | PerTradeOptions, sell_cost?: number, min_cost?: number) {
    const a = bindArguments('PerTrade', PER_TRADE_ARGS, [buy_cost, sell_cost, min_cost]);
    this.buy_cost = a.buy_cost;
    this.sell_cost = a.sell_cost;
    this.min_cost = a.min_cost;
    Object.freeze(this);
  }
}

/** `OrderCost({ close_tax: 0.0005, min_commission: 5 })`, or by position. */
export const OrderCost = callable(Cost);
export type OrderCost = Cost;
export const FixedSlippage = callable(Fixed);
export type FixedSlippage = Fixed;
export const PriceRelatedSlippage = callable(PriceRelated);
export type PriceRelatedSlippage = PriceRelated;
export const StepRelatedSlippage = callable(StepRelated);
export type StepRelatedSlippage = StepRelated;
export const PerTrade = callable(Commission);
export type PerTrade = Commission;
