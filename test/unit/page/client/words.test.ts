import { describe, expect, test } from 'vitest';
import { IntentStates, RiskRules } from './names.ts';
import en from '../../../../src/page/client/words/en.json' with { type: 'json' };
import zh from '../../../../src/page/client/words/zh.json' with { type: 'json' };

const places = (text: string): string[] => [...text.matchAll(/\{\w+\}/gu)].map(([place]) => place).toSorted();

describe('the words of the page', () => {
  test('are there in both languages', () => {
    expect(Object.keys(zh)).toEqual(Object.keys(en));
    for (const [key, text] of Object.entries(zh)) {
      if (!key.startsWith('unit.')) expect(text, key).not.toBe('');
    }
  });

  test('have the same places for what is filled in', () => {
    const chinese: Readonly<Record<string, string>> = zh;
    for (const [key, text] of Object.entries(en)) expect(places(chinese[key] ?? ''), key).toEqual(places(text));
  });

  test('know every state of an order and every limit', () => {
    for (const state of IntentStates) expect(en).toHaveProperty([`order.${state}`]);
    for (const rule of RiskRules) expect(en).toHaveProperty([`rule.${rule}`]);
  });
});
