import { describe, expect, test } from 'vitest';
import { inLanguage } from '../../../src/words/in-language.ts';
import { Translator } from '../../../src/words/translator.ts';

const TEXTS = new Map([
  ['Order {0} was rejected: {1}', '委托 {0} 被拒绝：{1}'],
  ['not enough cash', '资金不足'],
  ['{0} is {1}', '{0} 为 {1}'],
  ['must be a list of codes, was {0}.', '必须是代码列表，传入的是 {0}。'],
  ['The rest is sold on the next trading day.', '其余部分下一交易日卖出。'],
  ['limit {0}: {1}.', '限额 {0}：{1}。'],
  ['of {0}, {1} can be sold', '可卖 {1}，共 {0}'],
  ['Nothing there is called "{0}".', '没有名为 "{0}" 的东西。'],
  ['run bt {0} to see it', '运行 bt {0} 查看'],
]);
const WORDS = new Map([
  ['buy', '买入'],
  ['Orders', '委托'],
  ['pause', '暂停'],
]);
const translator = new Translator(TEXTS, WORDS);
const zh = (text: string): string => translator.translate(text);

describe('a text is put into another language', () => {
  test('when the whole of it is known', () => {
    expect(zh('not enough cash')).toBe('资金不足');
  });

  test('with what stands in its places, in the order of that language', () => {
    expect(zh('of 300, 100 can be sold')).toBe('可卖 100，共 300');
  });

  test('and what stands in a place is put into it too', () => {
    expect(zh('Order 5 was rejected: not enough cash')).toBe('委托 5 被拒绝：资金不足');
    expect(zh('600000.XSHG is buy')).toBe('600000.XSHG 为买入');
  });

  test('and what somebody else said in a place stays', () => {
    expect(zh('Order 5 was rejected: the desk is closed')).toBe('委托 5 被拒绝：the desk is closed');
  });

  test('when it stands behind the name of an argument', () => {
    expect(zh('get_price() security must be a list of codes, was 5.')).toBe(
      'get_price() security 必须是代码列表，传入的是 5。',
    );
  });

  test('with its figures as they were, and a Chinese full stop at its end', () => {
    expect(zh('order() amount: must be a list of codes, was 1.5.')).toBe(
      'order() amount：必须是代码列表，传入的是 1.5。',
    );
    expect(zh('Order 5 was rejected: it costs 10.25.')).toBe('委托 5 被拒绝：it costs 10.25。');
  });

  test('sentence by sentence, without the spaces between them', () => {
    expect(zh('Order 7 was rejected: not enough cash. The rest is sold on the next trading day.')).toBe(
      '委托 7 被拒绝：资金不足。其余部分下一交易日卖出。',
    );
  });

  test('in parts where only parts are known', () => {
    expect(zh('600000.XSHG; not enough cash; buy')).toBe('600000.XSHG；资金不足；买入');
    expect(zh('no desk (not enough cash)')).toBe('no desk (资金不足)');
  });

  test('line by line, and column by column', () => {
    expect(zh('Orders\n  buy   not enough cash')).toBe('委托\n  买入   资金不足');
  });

  test('between colours', () => {
    expect(zh('\u001b[2mOrders\u001b[22m')).toBe('\u001b[2m委托\u001b[22m');
  });
});

describe('what is put together', () => {
  test('ends a sentence where it ends', () => {
    const text = 'The market is closed; orders can be sent from 09:30:00. Next: trade (daily 09:31), 09:31:00.';
    expect(inLanguage(text, 'zh')).toBe('休市；从 09:30:00 起可以发送委托。下一个：trade (daily 09:31)，09:31:00。');
  });

  test('joins the last two of a list', () => {
    expect(zh('buy and pause')).toBe('买入和暂停');
    expect(zh('GET or POST')).toBe('GET 或 POST');
  });

  test('has the name of the program before it', () => {
    expect(zh('bt: not enough cash')).toBe('bt: 资金不足');
  });
});

describe('a text stays as it is', () => {
  test('when single words of ours stand in what somebody else wrote', () => {
    expect(zh('pause: we stop the machine')).toBe('pause: we stop the machine');
  });

  test('when nothing of it is known', () => {
    expect(zh('somebody wrote this line')).toBe('somebody wrote this line');
  });

  test('when only two words of ours stand between those of others', () => {
    expect(zh('It is not us who is it and so on')).toBe('It is not us who is it and so on');
  });

  test('in what is typed: between quotes, and behind a command', () => {
    expect(zh('Nothing there is called "buy".')).toBe('没有名为 "buy" 的东西。');
    expect(zh('run bt pause to see it')).toBe('运行 bt pause 查看');
  });

  test('when it is a word of ours among others', () => {
    expect(zh('we buy it')).toBe('we buy it');
  });

  test('when it is longer than any text of ours', () => {
    const text = 'not enough cash '.repeat(1000).trim();
    expect(zh(text)).toBe(text);
  });
});
