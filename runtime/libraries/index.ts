import type { LibraryName } from './names.ts';

/** What a library exports, by name. */
export type Library = Readonly<Record<string, unknown>>;

const LOADERS: Readonly<Record<LibraryName, () => Promise<Library>>> = {
  talib: () => import('./talib.ts'),
  jqfactor: () => import('./jqfactor.ts'),
  jqlib: () => import('./jqlib.ts'),
  'kuanke.wizard': () => import('./wizard.ts'),
  'jqlib.technical_analysis': () => import('./technical-analysis.ts'),
};

/** Loads a library; each once, and only for a strategy that imports it. */
export function loadLibrary(name: LibraryName): Promise<Library> {
  return LOADERS[name]();
}
