import { closestName } from '../../../domain/closest-name.ts';
import { LIBRARY_NAMES, libraryOf } from '../../../../runtime/libraries/names.ts';

const TAKE_OUT = 'take the line out';

/** Modules and packages of Python that are not served, with what to write; an npm package of that name is somebody else's. */
export const INSTEAD: Readonly<Record<string, string>> = {
  random: 'write np.random.choice(list), Math.random()',
  json: 'write JSON.parse(text), JSON.stringify(x)',
  re: 'write /pattern/.exec(text)',
  os: 'files are read and written by read_file() and write_file()',
  sys: TAKE_OUT,
  io: "write pd.read_csv(read_file('x.csv'))",
  copy: 'write structuredClone(x), list.copy()',
  collections: 'write new Map(), or d[key] ?? 0',
  itertools: 'write loops',
  functools: 'write list.reduce((a, b) => …)',
  operator: 'write (x) => x[1]',
  heapq: 'write sorted(list).slice(0, n)',
  warnings: TAKE_OUT,
  six: TAKE_OUT,
  typing: TAKE_OUT,
  tqdm: TAKE_OUT,
  __future__: TAKE_OUT,
  pickle: 'keep values in g, or write_file(path, JSON.stringify(x))',
  prettytable: 'print(df) prints a table',
  requests: TAKE_OUT,
  matplotlib: 'write record({ name: value })',
  seaborn: 'write record({ name: value })',
  statsmodels: "write import sm from 'statsmodels.api', which has OLS and add_constant",
  sklearn: "of it 'sklearn.linear_model' is served, with LinearRegression",
  xgboost: 'train outside, keep the scores in a file and read_file() it',
  torch: 'train outside, keep the scores in a file and read_file() it',
  jqdatasdk: "write import { get_price } from 'jqdata'",
};

/** What to do about an import of one of Python's modules; null for any other. */
export function pythonAdvice(specifier: string): string | null {
  const [first = ''] = specifier.split(/[./]/u);
  if (libraryOf(first) !== null && first !== specifier) {
    return `of ${first} only what docs/python-names.md lists is served. An npm package of that name is somebody else's`;
  }
  const instead = Object.hasOwn(INSTEAD, first) ? INSTEAD[first] : undefined;
  return instead === undefined ? null : `that is Python's: ${instead}. An npm package of that name is somebody else's`;
}

/** What to do about a name that a library does not export: a near one, or where to look. */
export function exportAdvice(library: string, name: string): string {
  const known = libraryOf(library);
  const near = known === null ? null : closestName(name, LIBRARY_NAMES[known]);
  return near === null ? 'check the spelling' : `check the spelling, did you mean ${near}?`;
}
