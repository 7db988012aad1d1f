import '../../runtime/index.ts';
import { apiEntries } from '../../runtime/api/define-api.ts';
import { NEEDS, NEEDS_AT_TIMES } from '../../runtime/api/needs.ts';
import type { DatasetName } from '../../src/domain/data/datasets.ts';
import { SERVED } from '../../src/exchange/datasets/index.ts';
import { ROWS } from './functions.ts';
import type { DataRow } from './functions.ts';
import { namesTable } from './priorities.ts';

export type Language = 'en' | 'zh';

/** A generated table stands between its two marks. */
const TABLES = [
  {
    begin: '<!-- names served: node scripts/data-docs.ts writes them -->',
    end: '<!-- end of the names served -->',
    table: namesTable,
  },
  {
    begin: '<!-- data functions: node scripts/data-docs.ts writes them -->',
    end: '<!-- end of the data functions -->',
    table: dataTable,
  },
] as const;

/** A gateway of the recorded protocol names no data sets; one of ours names what it has. */
const OF_A_GATEWAY: ReadonlySet<DatasetName> = new Set();

const HEADS = {
  en: ['function', 'gives', 'paper market', 'QMT gateway, reference server'],
  zh: ['函数', '内容', '模拟市场', 'QMT 网关、参考服务端'],
} as const;

/** A README with its generated tables between their marks; Error when the marks are not there. */
export function withDataTables(readme: string, language: Language): string {
  return TABLES.reduce((text, { begin, end, table }) => {
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error('the marks of the table are not there');
    return `${text.slice(0, from + begin.length)}\n\n${table(language)}\n\n${text.slice(to)}`;
  }, readme);
}

function dataTable(language: Language): string {
  const supported = new Set(apiEntries().flatMap(({ name, supported: is }) => (is ? [name] : [])));
  // Tables of a database are no functions.
  const isThere = (name: string): boolean => supported.has(name) || name === 'finance' || name === 'macro';
  const rows = ROWS.map((row) => ({ ...row, names: row.names.filter(isThere) })).filter(
    ({ names }) => names.length > 0,
  );
  return [`| ${HEADS[language].join(' | ')} |`, '|---|---|---|---|', ...rows.map((row) => line(row, language))].join(
    '\n',
  );
}

function line(row: DataRow, language: Language): string {
  const names = row.names.map((name) => `\`${name}\``).join(', ');
  return `| ${names} | ${row[language]} | ${mark(row, SERVED, language)} | ${mark(row, OF_A_GATEWAY, language)} |`;
}

/** Yes, no, or only for now (what is asked for with a time or a day of the past is not there). */
function mark({ names, basic }: DataRow, served: ReadonlySet<DatasetName>, language: Language): string {
  const all = (needs: Readonly<Record<string, readonly DatasetName[]>>): boolean =>
    names.every((name) => (needs[name] ?? []).every((dataset) => served.has(dataset)));
  const needsMore = names.some((name) => NEEDS[name] !== undefined);
  if ((!needsMore && basic === undefined) || !all(NEEDS)) return '–';
  return all(NEEDS_AT_TIMES) ? '✓' : { en: 'now only', zh: '仅当前' }[language];
}
