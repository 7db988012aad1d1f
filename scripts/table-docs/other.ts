import { row } from './row.ts';
import type { DocSection } from './row.ts';

const BOTH = 'DataFrame Series';

export const LABELS: DocSection = {
  en: 'Index',
  zh: 'Index',
  rows: [
    row(
      'Index',
      'at slice length size shape empty tolist to_list values',
      'df.index[-1], list(df.index)[:3]',
      'df.index.at(-1), df.index.slice(0, 3).tolist()',
    ),
    row('Index', 'includes isin get_loc', "'x' in df.index", "df.index.includes('x')"),
    row(
      'Index',
      'duplicated drop_duplicates unique nunique is_unique hasnans',
      'df[~df.index.duplicated()]',
      'df.loc(df.index.duplicated().not())',
    ),
    row('Index', 'union intersection difference append', 'a.intersection(b)', 'a.intersection(b)'),
    row(
      'Index',
      'sort_values argsort min max is_monotonic_increasing is_monotonic_decreasing take map equals',
      'idx.map(f)',
      'idx.map(f)',
    ),
    row(
      'Index',
      'add sub mul div gt ge lt le eq ne',
      'df.index > day',
      'df.index.gt(day)',
      'comparisons give a list with `.and() .or() .not()`',
      '比较得到带 `.and() .or() .not()` 的列表',
    ),
    row(
      'Index',
      'name names nlevels dtype rename set_names get_level_values droplevel',
      "df.index.name = 'code'",
      "df.index.name = 'code'",
    ),
    row('Index', 'to_series to_frame', 'idx.to_series()', 'idx.to_series()'),
    row(
      'Index',
      'year month day hour minute second quarter weekday dayofweek dayofyear date time strftime normalize is_month_start is_month_end',
      "df.index.strftime('%Y-%m')",
      "df.index.strftime('%Y-%m')",
      'times of China; Monday is 0',
      '中国时间；周一为 0',
    ),
  ],
};

export const PARTS: DocSection = {
  en: 'Texts and times in cells',
  zh: '文本与时间列',
  rows: [
    row('Series', 'str', "s.str.contains('ST')", "s.str.contains('ST')"),
    row(
      'str',
      'contains match startswith endswith find isdigit',
      "s.str.startswith(('68', '4'))",
      "s.str.startswith(['68', '4'])",
    ),
    row(
      'str',
      'lower upper title len slice get replace strip lstrip rstrip split cat zfill',
      's.str[:6], s.str.len()',
      's.str.slice(0, 6), s.str.len()',
    ),
    row('Series', 'dt', 's.dt.year', 's.dt.year'),
    row(
      'dt',
      'year month day hour minute second quarter weekday dayofweek dayofyear days_in_month is_month_start is_month_end date time strftime normalize floor',
      "s.dt.strftime('%Y%m')",
      "s.dt.strftime('%Y%m')",
    ),
  ],
};

export const EXITS: DocSection = {
  en: 'Other forms',
  zh: '转换与输出',
  introEn: 'Printing has the look of pandas: aligned for Chinese names, 60 rows and 80 columns, dtype below a Series.',
  introZh: '打印样式与 pandas 相同：中文对齐，最多 60 行、80 列宽，Series 下方有 dtype。',
  rows: [
    row(
      BOTH,
      'toString to_string',
      'print(df)',
      'print(df), log.info(df), String(df)',
      '`to_string()` shows all rows',
      '`to_string()` 显示全部行',
    ),
    row(
      'DataFrame',
      'info to_danfo',
      'df.info()',
      'df.info()',
      "`df.to_danfo(await import('danfojs-node'))` hands the table to danfojs where the strategy has it",
      "`df.to_danfo(await import('danfojs-node'))` 把表交给已安装的 danfojs",
    ),
    row(
      'DataFrame',
      'to_dict to_records',
      "df.to_dict('records')",
      "df.to_dict('records')",
      'plain objects: keys are texts',
      '普通对象，键为文本',
    ),
    row('Series', 'to_dict tolist to_list', 'list(s), s.tolist(), s.to_dict()', 's.tolist(), s.to_dict()'),
    row(
      BOTH,
      'to_csv to_json toJSON',
      "write_file('x.csv', df.to_csv())",
      "write_file('x.csv', df.to_csv())",
      'a text',
      '返回文本',
    ),
  ],
};

export const PYTHON: DocSection = {
  en: "Python's own",
  zh: 'Python 自带',
  rows: [
    row(
      'jqdata',
      'has',
      "'x' in items",
      "has(items, 'x')",
      'lists by value, texts, sets, dicts, tables; JavaScript asks `in` for indexes',
      '列表按值判断，也可用于文本、集合、字典、表；JavaScript 的 `in` 判断的是下标',
    ),
    row('jqdata', 'len', 'len(x)', 'len(x)'),
    row('jqdata', 'sorted', 'sorted(x, key=f, reverse=True)', 'sorted(x, { key: f, reverse: true })'),
    row('jqdata', 'fmt', "'%s %.2f' % (code, price)", "fmt('%s %.2f', code, price)"),
    row('jqdata', 'slice', "x.loc['a':'c'], x.iloc[1:3]", "x.loc(slice('a', 'c')), x.iloc(slice(1, 3))"),
  ],
};

export const LEGACY: DocSection = {
  en: 'What newer pandas dropped',
  zh: '新版 pandas 已删除的写法',
  introEn: 'It works, and the log says once a run what to write instead.',
  introZh: '仍可使用，每次运行在日志中提示一次应改的写法。',
  rows: [
    row(
      BOTH,
      'append',
      'df.append(other, ignore_index=True)',
      'df.append(other, { ignore_index: true })',
      'concat([df, other])',
      'concat([df, other])',
    ),
    row(
      BOTH,
      'sort',
      "df.sort('a', ascending=False)",
      "df.sort('a', { ascending: false })",
      "df.sort_values('a')",
      "df.sort_values('a')",
    ),
    row('Series', 'order', 's.order()', 's.order()', 's.sort_values()', 's.sort_values()'),
    row(BOTH, 'ix', 'df.ix[0]', 'df.ix(0)', 'df.loc(label), df.iloc(i)', 'df.loc(label)、df.iloc(i)'),
    row(
      'pd',
      'rolling_mean rolling_std',
      'pd.rolling_mean(s, 5)',
      'pd.rolling_mean(s, 5)',
      's.rolling(5).mean()',
      's.rolling(5).mean()',
    ),
    row(
      'pd',
      'Panel',
      "get_price(list)['close'], p.iloc[:, 0, :]",
      "get_price(list)['close'], p.iloc(slice(), 0)",
      '`get_price(list, { panel: false })` and `pivot`',
      '`get_price(list, { panel: false })` 再 `pivot`',
    ),
    row(
      'Panel',
      'items major_axis minor_axis axes shape empty iloc loc ix major_xs minor_xs to_frame',
      "p.minor_xs('000001.XSHE')",
      "p.minor_xs('000001.XSHE')",
    ),
  ],
};
