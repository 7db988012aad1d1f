import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SignalRow } from '../../../../src/domain/follow/row.ts';
import type { AccountView, PositionView } from '../../../../src/domain/order/types.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';
import type { DayFacts } from '../../../../src/follow/files/day-facts.ts';
import { DayFiles } from '../../../../src/follow/files/day-files.ts';
import { sheetsOf } from '../../../../src/follow/files/sheets.ts';
import { csvOf } from '../../../../src/follow/files/table.ts';
import { systemTimers } from '../../../../src/platform/timers.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

const DAY = '2026-03-02';
const AT = chinaInstant(DAY, '09:31:00');

const POSITION: PositionView = {
  security: '000001.XSHE',
  name: '平安银行',
  amount: 300,
  closeableAmount: 100,
  lockedAmount: 0,
  todayAmount: 200,
  avgCost: 10.5,
  price: null,
  value: 3150.004,
  initTime: null,
  transactTime: null,
};
const ACCOUNT: AccountView = {
  version: 1,
  asOf: AT,
  availableCash: 5000,
  lockedCash: 0,
  transferableCash: null,
  totalValue: 9000,
  startingCash: 8000,
  positions: [POSITION, { ...POSITION, security: '600000.XSHG', name: null }],
};

function signalRow(more: Partial<SignalRow> = {}): SignalRow {
  return {
    strategy: 'a',
    id: '2026-03-02:1',
    key: 'a:2026-03-02:1',
    security: '000001.XSHE',
    side: 'buy',
    amount: 300,
    price: null,
    sentAt: AT,
    receivedAt: AT,
    isClosing: null,
    raw: '{"a": "b"}',
    origin: 'source',
    day: DAY,
    phase: 'done',
    waitsFor: null,
    notBefore: 0,
    freshFrom: AT,
    attempt: 1,
    requotes: 2,
    asked: 300,
    wanted: 200,
    filled: 100,
    firstOrderedAt: AT,
    quoteAt: null,
    carry: 0,
    value: 0,
    orderedDay: DAY,
    notes: ['cut to the cash'],
    end: 'partly_filled',
    code: null,
    reason: 'nobody sold more',
    endedAt: AT + 1000,
    ...more,
  };
}

function facts(more: Partial<DayFacts> = {}): DayFacts {
  const deviation = [
    { security: '000001.XSHE', wanted: 400, held: 300, why: 'partly filled', correction: 100, pictureAt: AT },
  ];
  return {
    day: DAY,
    at: AT,
    account: ACCOUNT,
    strategies: [{ name: 'a', own: { ...ACCOUNT, positions: [POSITION] }, deviation }],
    signals: [signalRow(), signalRow({ id: '2026-03-02:2', side: 'sell', end: null, phase: 'waiting' })],
    ...more,
  };
}

function csv(name: string, of: DayFacts = facts()): string[] {
  const text = sheetsOf(of).find((sheet) => sheet.name === name)?.csv ?? '';
  return text.split('\r\n').filter((line) => line !== '');
}

test('holdings stand with what should be held, those of others too', () => {
  expect(csv('持股数据')).toEqual([
    '\uFEFF策略,股票代码,股票名称,持仓数量,可用数量,成本价,最新价,市值,应持数量,差异原因,来源持仓时间',
    'a,000001.XSHE,平安银行,300,100,10.5,,3150,400,partly filled,2026-03-02 09:31:00',
    ',600000.XSHG,,300,100,10.5,,3150,,,',
  ]);
});

test('what is wanted and not held has a row, with what is not known of it empty; what is not wanted has none', () => {
  const row = { held: 0, why: 'no signal of it has come', correction: 100, pictureAt: AT - 60_000 };
  const deviation = [
    { ...row, security: '600000.XSHG', wanted: 100 },
    { ...row, security: '600519.XSHG', wanted: null, why: null, correction: null, pictureAt: null },
    { ...row, security: '000002.XSHE', wanted: 0 },
  ];
  const account = { ...ACCOUNT, positions: [{ ...POSITION, security: '600000.XSHG', name: '浦发银行' }] };
  const own = { ...ACCOUNT, positions: [] };
  expect(csv('持股数据', facts({ account, strategies: [{ name: 'a', own, deviation }] })).slice(1)).toEqual([
    'a,600000.XSHG,浦发银行,0,0,,,,100,no signal of it has come,2026-03-02 09:30:00',
    'a,600519.XSHG,,0,0,,,,,,',
    ',600000.XSHG,浦发银行,300,100,10.5,,3150,,,',
  ]);
  expect(csv('持股数据', facts({ account, strategies: [{ name: 'a', own: null, deviation }] }))).toHaveLength(2);
});

test('what of a holding is no strategy’s stands beside those of the strategies', () => {
  const whole = { ...POSITION, amount: 500, closeableAmount: 300, value: 5_000 };
  const strategies = ['a', 'b'].map((name) => {
    const own = { ...ACCOUNT, positions: [{ ...POSITION, amount: 200, closeableAmount: 100, value: 2_000 }] };
    return { name, own, deviation: null };
  });
  const held = csv('持股数据', facts({ account: { ...ACCOUNT, positions: [whole] }, strategies }));
  expect(held.slice(1)).toEqual([
    'a,000001.XSHE,平安银行,200,100,10.5,,2000,,,',
    'b,000001.XSHE,平安银行,200,100,10.5,,2000,,,',
    ',000001.XSHE,平安银行,100,100,10.5,,1000,,,',
  ]);
});

test('money stands for the account and for each part of it', () => {
  expect(csv('账户数据').slice(1)).toEqual([
    ',2026-03-02 09:31:00,9000,5000,0,8000,1000',
    'a,2026-03-02 09:31:00,9000,5000,0,8000,1000',
  ]);
});

test('signals stand as they came, and with what became of them', () => {
  expect(csv('原始数据')[1]).toBe(
    '2026-03-02 09:31:00,a,2026-03-02:1,000001.XSHE,买,300,,2026-03-02 09:31:00,source,"{""a"": ""b""}"',
  );
  expect(csv('下单股票池').slice(1)).toEqual([
    '2026-03-02 09:31:00,a,2026-03-02:1,000001.XSHE,买,300,300,200,100,2,partly_filled,,cut to the cash; nobody sold more,2026-03-02 09:31:00,2026-03-02 09:31:01',
    '2026-03-02 09:31:00,a,2026-03-02:2,000001.XSHE,卖,300,300,200,100,2,waiting,,cut to the cash; nobody sold more,2026-03-02 09:31:00,2026-03-02 09:31:01',
  ]);
});

test('the digest counts ends', () => {
  expect(csv('摘要数据').slice(1)).toEqual(['a,2,0,1,0,0,1,1']);
});

test('an account that was not read has no file, rather than one of zeros', () => {
  expect(sheetsOf(facts({ account: null })).map(({ name }) => name)).toEqual(['原始数据', '摘要数据', '下单股票池']);
});

test('the same rows are there for programs', () => {
  const sheet = sheetsOf(facts()).find(({ name }) => name === '账户数据');
  expect(JSON.parse(sheet?.json ?? '')).toMatchObject([{ owner: '', totalValue: 9000, profit: 1000 }, { owner: 'a' }]);
});

test('what Excel would take for a formula is a text', () => {
  const columns = [{ title: 't', name: 't', of: (cell: string | number) => cell }];
  expect(csvOf(columns, ['=1+1', '-1', '@a', 'a,b\n"c"', -1]).split('\r\n').slice(1, -1)).toEqual([
    "'=1+1",
    "'-1",
    "'@a",
    '"a,b\n""c"""',
    '-1',
  ]);
});

function dayFiles(
  folder: string,
  of: (day: string) => DayFacts = (day) => facts({ day }),
  today: () => string = () => DAY,
) {
  const told: string[] = [];
  const due: (() => void)[] = [];
  const timers = {
    ...systemTimers,
    after: (_: number, fn: () => void) => {
      due.push(fn);
      return { cancel: () => undefined };
    },
  };
  const files = new DayFiles({ folder, today, facts: of, log: { warning: (text) => void told.push(text) }, timers });
  return { files, told, due };
}

test('files are written whole, by day, and replaced', async () => {
  const folder = join(temporaryFolder('files'), '跟单');
  let day = DAY;
  const { files, due } = dayFiles(folder, undefined, () => day);
  files.changed();
  files.changed();
  expect(due).toHaveLength(1);
  due[0]?.();
  await files.stop();
  day = '2026-03-03';
  files.write();
  await files.stop();
  expect(readdirSync(folder).toSorted()).toEqual(
    ['下单股票池', '原始数据', '持股数据', '摘要数据', '账户数据'].toSorted(),
  );
  expect(readdirSync(join(folder, '摘要数据')).toSorted()).toEqual(
    ['2026-03-02.csv', '2026-03-02.json', '2026-03-03.csv', '2026-03-03.json'].toSorted(),
  );
  expect(readFileSync(join(folder, '摘要数据', '2026-03-02.csv'), 'utf8')).toContain('a,2,0,1,0,0,1,1');
});

test('what changed shortly before midnight is in that day’s files, whichever way they come to be written', async () => {
  for (const write of ['timer', 'stop'] as const) {
    const folder = temporaryFolder('files');
    let day = DAY;
    let signals = [signalRow()];
    const of = (asked: string): DayFacts => facts({ day: asked, signals: signals.filter((row) => row.day === asked) });
    const { files, due } = dayFiles(folder, of, () => day);
    files.write();
    signals = [signalRow(), signalRow({ id: '2026-03-02:9' })];
    files.changed();
    day = '2026-03-03';
    if (write === 'timer') due.at(-1)?.();
    await files.stop();
    const raw = (of_: string): string => readFileSync(join(folder, '原始数据', `${of_}.csv`), 'utf8');
    expect(raw(DAY)).toContain('2026-03-02:9');
    expect(raw(day)).not.toContain('2026-03-02:9');
  }
});

test('a folder that cannot be one is told once, and again after it worked', async () => {
  const folder = join(temporaryFolder('files'), 'taken');
  writeFileSync(folder, '');
  const { files, told } = dayFiles(folder);
  files.write();
  await files.stop();
  expect(told).toEqual([expect.stringContaining("The day's files cannot be written into")]);
});

test('a ledger that cannot be read at that moment is told, and does not end the run', async () => {
  const { files, told, due } = dayFiles(temporaryFolder('files'), () => {
    throw new Error('disk I/O error');
  });
  files.changed();
  due[0]?.();
  await files.stop();
  expect(told).toEqual([expect.stringContaining('disk I/O error')]);
});

test('a file that cannot take its place leaves nothing behind', async () => {
  const folder = temporaryFolder('files');
  mkdirSync(join(folder, '持股数据', `${DAY}.csv`), { recursive: true });
  const { files, told } = dayFiles(folder);
  await files.stop();
  expect(told).toHaveLength(1);
  expect(readdirSync(join(folder, '持股数据'))).toEqual([`${DAY}.csv`]);
  expect(existsSync(join(folder, '账户数据'))).toBe(false);
});
