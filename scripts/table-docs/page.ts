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
    'Generated from `scripts/table-docs` by `node scripts/table-docs.ts`; `test/pandas` holds the tables against pandas itself.',
  ],
  zh: [
    '# 表格：pandas 与本程序的写法',
    '',
    '`get_price`、`history`、`attribute_history`、`get_bars` 返回的表沿用 pandas 1.5 的名字与规则，写成调用。',
    '值的顺序与 pandas 相同，关键字参数放在最后一个对象里：`df.sort_values("close", { ascending: false })`。',
    '所有方法用同一种方式读取参数：pandas 的每个选项要么有效，要么按名字报错（除非写的正是默认值）；',
    '只有在这里看不出差别的（`copy`、排序的 `kind`、`observed`、`engine`、文本的 `encoding`）可以写而不起作用。`test/pandas/options.test.ts` 逐一核对。',
    '由 `scripts/table-docs` 生成（`node scripts/table-docs.ts`）；`test/pandas` 与 pandas 逐例核对。',
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
  return `${[...HEAD[language], ...parts].join('\n')}\n`;
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
