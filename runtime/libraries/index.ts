import type { LibraryName } from './names.ts';

/** What a library exports, by name. */
export type Library = Readonly<Record<string, unknown>>;

const LOADERS: Readonly<Record<LibraryName, () => Promise<Library>>> = {
  talib: () => import('./talib.ts'),
  python: () => import('./python.ts'),
  numpy: () => import('./numpy.ts'),
  pandas: () => import('./pandas.ts'),
  math: () => import('./math.ts'),
  datetime: () => import('./datetime.ts'),
  time: () => import('./time.ts'),
  'statsmodels.api': () => import('./statsmodels.ts'),
  'sklearn.linear_model': () => import('./sklearn-linear-model.ts'),
  scipy: () => import('./scipy.ts'),
  'scipy.stats': () => import('./scipy-stats.ts'),
  'jqlib.alpha101': () => import('./alpha101.ts'),
  'jqlib.alpha191': () => import('./alpha191.ts'),
  'jqlib.optimizer': () => import('./optimizer.ts'),
  jqfactor: () => import('./jqfactor.ts'),
  jqlib: () => import('./jqlib.ts'),
  'kuanke.wizard': () => import('./wizard.ts'),
  'jqlib.technical_analysis': () => import('./technical-analysis.ts'),
};

/** Loads a library; each once, and only for a strategy that imports it. */
export function loadLibrary(name: LibraryName): Promise<Library> {
  return LOADERS[name]();
}
