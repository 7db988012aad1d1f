import { codeData, tableData } from '../table-data.ts';

interface Grouped {
  rollup(columns: object): unknown;
}
interface Table {
  select(...names: string[]): unknown;
  orderby(...names: string[]): { reify(): unknown };
  filter(condition: string): { reify(): unknown };
  groupby(...names: string[]): Grouped & { pivot(names: string, values: string): unknown };
  derive(columns: object): unknown;
  join_left(right: unknown, on: string): { reify(): unknown };
}
interface Arquero {
  table(columns: object): Table;
  op: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
  rolling(value: unknown, frame: readonly [number, number]): unknown;
}

/** The same verbs by arquero, ready to run; null when it is not installed. */
export async function arqueroVerbs(): Promise<Readonly<Record<string, () => unknown>> | null> {
  const name = 'arquero';
  const aq = await import(name).then(
    (loaded: unknown) => loaded as Arquero, // an optional peer of this benchmark alone
    () => null,
  );
  if (aq === null) return null;
  const { op } = aq;
  const data = tableData();
  const table = aq.table(data);
  const caps = aq.table(codeData());
  const mean = (column: string): unknown => op['mean']?.(column);
  const means = Object.fromEntries(['open', 'high', 'low', 'close', 'volume', 'day'].map((one) => [one, mean(one)]));
  return {
    build: () => aq.table(data),
    select: () => table.select('open', 'close'),
    sort: () => table.orderby('close').reify(),
    filter: () => table.filter('d => d.close > 0.5').reify(),
    'groupby mean': () => table.groupby('code').rollup(means),
    'rolling mean': () => table.derive({ ma: aq.rolling(mean('close'), [-19, 0]) }),
    pivot: () => table.groupby('day').pivot('code', 'close'),
    merge: () => table.join_left(caps, 'code').reify(),
  };
}
