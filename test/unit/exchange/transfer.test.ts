import { describe, expect, it } from 'vitest';
import { createExchange } from '../../../src/exchange/index.ts';
import { given, instant, openWorld } from './world.ts';

const cash = ({ exchange }: ReturnType<typeof openWorld>): number => exchange.account('main').availableCash;

describe('cash between bank and account', () => {
  it('comes and goes, and is durable', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const before = world.exchange.revision();
    expect(world.exchange.transfer('main', 1_000.5)).toBe(true);
    expect(world.exchange.transfer('main', -500)).toBe(true);
    expect(cash(world)).toBe(10_000_500.5);
    expect(world.exchange.account('main').totalValue).toBe(10_000_500.5);
    expect(world.exchange.revision()).toBe(before + 2);
    const state = world.exchange.save();
    const accounts = [{ key: 'main', accountId: '10001', cash: 0 }];
    const again = createExchange({ clock: { now: () => instant('2026-07-06 10:00:00') }, seed: 7, accounts, state });
    expect(again.account('main').availableCash).toBe(10_000_500.5);
  });

  it('does not leave while an open buy holds it', () => {
    const world = openWorld('2026-07-06 10:00:00');
    const { exchange } = world;
    const price = given(exchange.tick('000001.XSHE').quote.lowLimit);
    world.place({ security: '000001.XSHE', amount: 1_000, price });
    expect(exchange.transfer('main', -10_000_000)).toBe(false);
    expect(exchange.transfer('main', Number.NaN)).toBe(false);
    expect(exchange.transfer('main', -cash(world))).toBe(true);
    expect(cash(world)).toBe(0);
  });
});
