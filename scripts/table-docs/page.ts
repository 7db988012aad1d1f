import { ACCESS, MAKING } from './access.ts';
import { GROUPS, ORDER, SHAPE } from './arrange.ts';
import { CLEANING, OPERATORS, STATISTICS } from './calculate.ts';
import { EXITS, LABELS, LEGACY, PARTS, PYTHON } from './other.ts';
import type { DocRow, DocSection } from './row.ts';

export type Language = 'en' | 'zh';

/** Everything the page tells, in its order. */
export const SECTIONS: readonly DocSection[] = [
  MAKING,
  ACCESS,
  OPERATORS,
  STATISTICS,
  CLEANING,
  ORDER,
  SHAPE,
  GROUPS,
  LABELS,
  PARTS,
  EXITS,
  PYTHON,
  LEGACY,
];

const HEAD = {
  en: [
    '# Tables: pandas and ours',
    '',
    '`get_price`, `history`, `attribute_history` and `get_bars` give tables with the names and rules of pandas 1.5, written as calls.',
    'Values go by position as in pandas, then keyword arguments in one object: `df.sort_values("close", { ascending: false })`.',
    'One reader reads the arguments of every method: each option of pandas is implemented, or refused by name unless it says what happens anyway;',
    'only what cannot show here (`copy`, `kind` of a sort, `observed`, `engine`, `encoding` of a text) is taken without effect. `test/pandas/options.test.ts` walks them all.',
    '`test/pandas/chains` compares random chains with pandas 1.5.3 (`node scripts/table-chains.ts --seed 1 --count 20000`); what stays different is listed at the end.',
    'Generated from `scripts/table-docs` by `node scripts/table-docs.ts`; `test/pandas` holds the tables against pandas itself.',
  ],
  zh: [
    '# 表格：pandas 与本程序的写法',
    '',
    '`get_price`、`history`、`attribute_history`、`get_bars` 返回的表沿用 pandas 1.5 的名字与规则，写成调用。',
    '值的顺序与 pandas 相同，关键字参数放在最后一个对象里：`df.sort_values("close", { ascending: false })`。',
    '所有方法用同一种方式读取参数：pandas 的每个选项要么有效，要么按名字报错（除非写的正是默认值）；',
    '只有在这里看不出差别的（`copy`、排序的 `kind`、`observed`、`engine`、文本的 `encoding`）可以写而不起作用。`test/pandas/options.test.ts` 逐一核对。',
    '`test/pandas/chains` 用随机的写法链与 pandas 1.5.3 比对（`node scripts/table-chains.ts --seed 1 --count 20000`）；仍有差别的列在最后。',
    '由 `scripts/table-docs` 生成（`node scripts/table-docs.ts`）；`test/pandas` 与 pandas 逐例核对。',
  ],
} as const;

/** What a script may see that pandas does otherwise; no number among it. */
const DIFFERENT = {
  en: [
    '',
    '## What stays different',
    '',
    'Raises here, with what to write instead:',
    '',
    '- Options that are refused (above); `a > b` and arithmetic of the language on tables, their arrays and indexes; names that are no attribute.',
    "- `loc(['a', 'b'])` of several levels where this is a row and a list of labels of the first level too.",
    '- `min`, `max` and `rank` of texts, times and numbers together, `quantile` of conditions, `to_datetime(20260701)` without unit or format.',
    '- `rolling` of a span of time that is centred, `corr` without a partner, `str.split` with `expand`, `pivot_table` with margins.',
    '',
    'Is another value:',
    '',
    '- `concat` of tables with a column name twice takes the first of them for both; `max(1)` and `min(1)` of conditions give 0 and 1; `mode()` of columns of several kinds, then `min` or `std`, keeps other columns; a label of several levels that stands more than once and is met once gives a cell, not a Series.',
    '',
    'Is another value, but no other number, as far as 20,000 random chains show (15 of them differed, the kinds above and last digits):',
    '',
    '- A function that gives whole numbers for floats makes int64, and so does arithmetic with a scalar such as `s.mean()` that is whole: JavaScript has one kind of number.',
    '- `unstack` sorts its labels; pandas keeps the order of the levels when the rows came from `stack`, `nlargest` or `concat`.',
    '- Sorts are stable; those of pandas are not above sixteen rows. Sums of whole numbers beyond 2^53 are rounded, where pandas counts on or overflows.',
    '- A sum of groups with an infinite cell is infinite; pandas 1.5 says NaN.',
    '- Data types of results without a row. Keys of `to_dict()` are texts.',
  ],
  zh: [
    '',
    '## 仍有差别之处',
    '',
    '在这里报错，并说明应当怎么写：',
    '',
    '- 不支持的选项（见上）；对表、它们的数组与索引使用 `a > b` 或语言自带的运算；不存在的属性名。',
    "- 多级索引上的 `loc(['a', 'b'])`，如果它既是一行、又可以是第一级的标签列表。",
    '- 文本、时间、数字混在一起的 `min`、`max`、`rank`；条件的 `quantile`；没有 unit 也没有 format 的 `to_datetime(20260701)`。',
    '- 居中的时间窗口 `rolling`、没有对象的 `corr`、带 `expand` 的 `str.split`、带 margins 的 `pivot_table`。',
    '',
    '值不同：',
    '',
    '- 列名重复的表做 `concat` 时两列都取第一列；条件的 `max(1)`、`min(1)` 给出 0 和 1；几种类型的列先 `mode()` 再 `min` 或 `std` 时保留的列不同；多级索引里重复的标签只命中一行时给出单元格而不是 Series。',
    '',
    '值的形式不同，但数字相同（两万条随机链的结果：15 条不同，属于上面几类或最后几位数字）：',
    '',
    '- 函数对浮点数返回整数时得到 int64；与恰为整数的标量（如 `s.mean()`）运算也一样：JavaScript 只有一种数字。',
    '- `unstack` 按标签排序；pandas 在行来自 `stack`、`nlargest` 或 `concat` 时保留各级的顺序。',
    '- 排序是稳定的；pandas 超过十六行时不稳定。超过 2^53 的整数和会取舍，pandas 则继续计数或溢出。',
    '- 组内有无穷大时和为无穷大；pandas 1.5 给出 NaN。',
    '- 没有任何行的结果的数据类型。`to_dict()` 的键是文本。',
  ],
} as const;

/** The whole page of one language. */
export function tablePage(language: Language): string {
  const zh = language === 'zh';
  const heads = zh ? '| pandas | 本程序 | 说明 |' : '| pandas | here | to know |';
  const parts = SECTIONS.flatMap((section) => {
    const intro = zh ? section.introZh : section.introEn;
    return [
      '',
      `## ${zh ? section.zh : section.en}`,
      '',
      ...(intro === undefined ? [] : [intro, '']),
      heads,
      '|---|---|---|',
      ...section.rows.flatMap((one) => lines(one, zh)),
    ];
  });
  return `${[...HEAD[language], ...parts, ...DIFFERENT[language]].join('\n')}\n`;
}

function lines(one: DocRow, zh: boolean): string[] {
  const note = (zh ? one.zh : one.en) ?? '';
  const names = one.members.split(' ');
  // Members that the example does not show are listed, so that a search on the page finds them.
  const unseen = names.filter((name) => !new RegExp(`\\b${name}\\b`).test(one.ours));
  const also = unseen.length === 0 ? '' : `${zh ? '另有' : 'also'} ${unseen.map((name) => `\`${name}\``).join(' ')}`;
  const told = [note, also].filter((text) => text !== '').join(zh ? '；' : '; ');
  return [`| ${code(one.pandas)} | ${code(one.ours)} | ${told.replaceAll('|', '\\|')} |`];
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}
