import { expect, test } from 'vitest';
import { g, set_universe } from 'jqdata';
import { context } from '../../../../runtime/objects/context.ts';
import { bindFake } from '../fake-host.ts';
import { codeOf } from '../helpers.ts';

test('current_dt is the logical time in China, previous_date the trading day before', () => {
  const host = bindFake();
  expect(context.current_dt.toISO()).toBe('2026-07-06T09:35:00.000+08:00');
  expect(context.current_dt.zoneName).toBe('Asia/Shanghai');
  expect(context.previous_date.isoformat()).toBe('2026-07-03');
  host.context = { ...host.context, logicalTime: host.context.logicalTime + 60_000 };
  expect(context.current_dt.minute).toBe(36);
});

test('run_params knows the day on which the run was told to end', () => {
  const host = bindFake();
  Object.assign(host, {
    runParams: { type: 'live', frequency: 'minute', startDate: '2026-07-01', endDate: '2026-07-03' },
  });
  expect(context.run_params.end_date?.isoformat()).toBe('2026-07-03');
});

test('run_params by attribute', () => {
  bindFake();
  const { type, frequency, start_date, end_date } = context.run_params;
  expect([type, frequency, start_date.isoformat(), end_date]).toEqual(['live', 'minute', '2026-07-01', null]);
});

test('universe is what set_universe gave, canonical, and empty in a new run', () => {
  bindFake();
  expect(context.universe).toEqual([]);
  set_universe(['000001.SZ', '600000.SH']);
  expect(context.universe).toEqual(['000001.XSHE', '600000.XSHG']);
  bindFake();
  expect(context.universe).toEqual([]);
});

test('its own members cannot be assigned, attributes of the strategy can', () => {
  bindFake();
  expect(codeOf(() => Reflect.set(context, 'portfolio', {})).code).toBe('READ_ONLY');
  expect(codeOf(() => Reflect.set(context, 'current_dt', 0)).message).toContain('context.current_dt');
  context['count'] = 3;
  expect(context['count']).toBe(3);
  expect(Object.keys(context)).toEqual(['count']);
  delete context['count'];
  expect('count' in context).toBe(false);
  expect(codeOf(() => context['count']).message).toContain("context has no attribute 'count'");
  expect(codeOf(() => context['portfollio']).message).toContain("Did you mean 'portfolio'?");
});

test('g is one plain object to look at; writing needs no run', () => {
  g['rank'] = [1, 2];
  expect(g['rank']).toEqual([1, 2]);
  expect(Object.getPrototypeOf(g)).toBe(Object.prototype);
  delete g['rank'];
});
