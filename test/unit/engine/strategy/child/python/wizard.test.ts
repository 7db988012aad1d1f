import { expect, it } from 'vitest';
import { g } from '../../../../../../runtime/foreign.ts';
import { askWizard } from '../../../../../../src/engine/strategy/child/python/wizard.ts';

it('gives back what a function of the wizard has made of lists and flags', () => {
  const told = askWizard(
    ['security_stoploss', [1, ['a']], { open: ['c'] }, { index: '000300.XSHG' }],
    (name, args, named) => {
      (args[1] as string[]).push('b');
      (named['open'] as string[]).push('d');
      g.daily_risk_management = false;
      return `${name} ${String(g.index)}`;
    },
  );
  expect(told).toEqual({
    result: 'kuanke.wizard.security_stoploss 000300.XSHG',
    lists: [null, ['a', 'b']],
    named: { open: ['c', 'd'] },
    g: { index: '000300.XSHG', daily_risk_management: false },
  });
});

it('leaves nothing in the runtime’s own g, also when the function fails', () => {
  const fails = (): never => {
    throw new Error('no');
  };
  expect(() => askWizard(['x', [], {}, { index: 'i' }], fails)).toThrow('no');
  expect(Object.keys(g)).toEqual([]);
});

it('refuses what is no call of the wizard', () => {
  expect(() => askWizard(['x', 5, {}, {}], () => 1)).toThrow('a call of the wizard');
});
