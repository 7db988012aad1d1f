import type { RiskRule } from '../domain/order/risk/rule.ts';

/** A limit that stops orders until a day has ended, or until a person lets them go on. */
export interface RiskStop {
  readonly rule: RiskRule;
  readonly stops: 'buying' | 'all';
  /** Market time, epoch ms. */
  readonly at: number;
  /** The trading day with which it ends; null = a person ends it. */
  readonly day: string | null;
  readonly text: string;
}

/** What a limit did. `told`: a warning; `denied`: an order or a cancel was refused. */
export interface RiskEntry {
  readonly at: number;
  readonly level: 'told' | 'denied' | 'stopped' | 'resumed';
  readonly rule: RiskRule;
  readonly orderId: string | null;
  readonly text: string;
}

/** What the account was worth in a minute, CNY. */
export interface EquityPoint {
  /** Market time, epoch ms. */
  readonly at: number;
  readonly total: number;
  readonly cash: number;
}

/** What a kill asked for, and whether it has been done. */
export interface KillWish {
  readonly cancel: boolean;
  readonly flatten: boolean;
  readonly done: boolean;
}
