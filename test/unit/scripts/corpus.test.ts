import { describe, expect, it } from 'vitest';
import { classify, plain } from '../../../scripts/corpus/classify.ts';
import { corpusTable } from '../../../scripts/corpus/table.ts';
import type { RunReport } from '../../../src/engine/report.ts';

const clean = { orders: [], refused: [], dataErrors: [], errors: [], triggers: [] } as unknown as RunReport;
const failed = (message: string): RunReport => ({ ...clean, errors: [{ message }] }) as unknown as RunReport;
const done = { output: '', exitCode: 0, timedOut: false, source: '' };

describe('the end of a script', () => {
  it('is clean only with exit code 0 and no error in its report', () => {
    expect(classify({ ...done, report: { ...clean, orders: [{}] } as unknown as RunReport })).toMatchObject({
      kind: 'orders',
      orders: 1,
    });
    expect(classify({ ...done, report: clean })).toMatchObject({ kind: 'quiet', why: 'nothing fell due' });
    expect(classify({ ...done, report: clean, exitCode: 3 }).kind).toBe('error');
    expect(classify({ ...done, report: failed('TypeError: x') }).kind).toBe('error');
  });

  it('says why a clean one did nothing', () => {
    const why = (part: object): string => classify({ ...done, report: { ...clean, ...part } }).why;
    expect(why({ refused: [{ reason: '100 shares of 000001.XSHE are too few' }] })).toBe(
      'refused: N shares of CODE are too few',
    );
    expect(why({ dataErrors: [{ code: 'NOT_SERVED' }] })).toBe('data error caught: NOT_SERVED');
    expect(why({ triggers: [{ outcome: 'ran' }] })).toBe('decided so');
  });

  it('tells a task that was not due in the week, and a script that asks for the month, from one that decided', () => {
    const why = (source: string, ...tasks: string[]): string => {
      const triggers = tasks.map((task) => ({ outcome: 'ran', task }));
      return classify({ ...done, report: { ...clean, triggers } as unknown as RunReport, source }).why;
    };
    const monthly = "run_monthly(trade, -1, '9:35')";
    expect(why(monthly, 'look (daily 9:30)')).toBe('its monthly task was not due in this week');
    expect(why(monthly, 'trade (monthly -1 9:35)')).toBe('decided so');
    expect(why(`# ${monthly}`, 'look (daily 9:30)')).toBe('decided so');
    expect(why('if context.current_dt.month in [5, 9]:', 'look (daily 9:30)')).toBe(
      'decided so, and asks which month it is',
    );
  });

  it.each([
    ["bt: x.py:3: No module named 'xgboost'", 'package', 'xgboost'],
    ["FileNotFoundError: [Errno 2] No such file or directory: 'a.csv'", 'file', 'a.csv'],
    ['There is no file "a.csv", neither in /x nor in /y. Put it beside the strategy.', 'file', 'a.csv'],
    [
      "SubPortfolioConfig() type: 'futures': futures are not traded here: leave that sub-portfolio out.",
      'design',
      'futures',
    ],
    ["SubPortfolioConfig() type: 'open_fund': funds are traded at the exchanges only.", 'design', 'open_fund'],
    ['"RB9999.XSGE" is a future, which is not served here: write six digits.', 'design', 'future'],
    ['"ZZ" is no product whose futures are listed here.', 'design', 'futures'],
    ['bt: x.py: nothing to run. Define at least "def initialize(context):".', 'other', ''],
    ["NameError: name 'foo' is not defined", 'own', 'foo'],
    ["AttributeError: 'Position' object has no attribute 'last_sale_price'. It has: price.", 'own', 'last_sale_price'],
    ["AttributeError: 'DataFrame' object has no attribute 'nothing'", 'error', 'nothing'],
    ["get_fundamentals() statDate: must be a quarter '2015q1' or a year '2015', was '2026q1.0'.", 'own', '2026q1.0'],
    ['inout_cash(): 5,000 CNY cannot be put in. bt moves no money into the account: …', 'design', ''],
    ['bt: x.py:1:1 error PYTHON2 this is Python 2 (print without brackets): convert it', 'python2', ''],
    [
      "TypeError: unsupported operand type(s) for -: 'int' and 'str'",
      'error',
      "TypeError: unsupported operand type(s) for -: 'int' and 'str'",
    ],
  ])('%s is of the kind %s', (line, kind, why) => {
    const end = classify({ report: null, output: `starting\n${line}\n`, exitCode: 1, timedOut: false, source: '' });
    expect(end.kind).toBe(kind);
    expect(end.why).toContain(why);
  });

  it('is by design when what it caught was refused by name before it began', () => {
    const output = 'x.py:10:1 error UNSUPPORTED gta is not supported. Its tables are not served.\n';
    const end = classify({ report: failed("KeyError: 'rate'"), output, exitCode: 2, timedOut: false, source: '' });
    expect(end).toMatchObject({ kind: 'design', why: 'gta' });
  });

  it('is Python 2 when the check said so, whatever Python itself stumbled over', () => {
    const output = 'x.py:60:5 error PYTHON2 this is Python 2\nbt: x.py:60: SyntaxError: Missing parentheses\n';
    expect(classify({ ...done, report: null, output, exitCode: 1 }).kind).toBe('python2');
  });

  it('is slow at the time limit, whatever was written', () => {
    expect(classify({ ...done, report: clean, timedOut: true }).kind).toBe('slow');
  });

  it('leaves out what differs from script to script', () => {
    expect(plain('000001.XSHE at 09:35 in /a/b.py line 12\nmore')).toBe('CODE at N in PATH line N');
  });
});

describe('the table', () => {
  it('counts shares of all and of those in scope, and groups causes', () => {
    const result = (
      script: string,
      kind: 'orders' | 'quiet' | 'package' | 'error' | 'own',
      orders = 0,
    ): Parameters<typeof corpusTable>[0][number] => ({
      script,
      end: { kind, why: kind === 'error' ? 'E' : '', orders },
      seconds: 2,
      load: 1,
    });
    const table = corpusTable([
      result('a', 'orders', 3),
      result('b', 'quiet'),
      result('c', 'package'),
      result('d', 'error'),
      result('e', 'error'),
    ]);
    expect(table).toContain('5 scripts; clean 2 (40.0 %); in scope 4, clean of them 2 (50.0 %);');
    expect(table).toContain('fail at JoinQuant too 4, clean of them 2 (50.0 %);');
    expect(table).toContain('with orders 1 (20.0 %), 3 orders;');
    expect(table).toContain('    2  error: E   (d, e)');
  });
});
