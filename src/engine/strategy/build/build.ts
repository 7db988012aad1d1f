import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BuildResult, Metafile, Plugin } from 'esbuild';
import { BtError } from '../../../domain/errors.ts';
import { privateFolder } from '../../../platform/private-files.ts';
import { buildError } from './build-errors.ts';
import { findBuild, storeBuild, type Manifest } from './bundle-cache.ts';
import type { SourceRecord } from './bundle-plugin.ts';
import { HOOK_NAMES, isHookName } from '../hooks.ts';
import { isPython, isScript } from './module-path.ts';
import { displayPath } from './source-place.ts';
import type { Python } from '../python/interpreter.ts';
import { PLAIN_MANNER, type PythonManner, type SourceUse, type StrategyBundle } from '../types.ts';

/**
 * Makes the author's file ready to run, from the cache in `outDir` when none of its files has changed.
 * Errors: STRATEGY_NOT_FOUND, STRATEGY_COMPILE, STRATEGY_ENCODING, STRATEGY_IMPORT, STRATEGY_EMPTY, all at the
 * author's own file and line; of a script PYTHON_MISSING, PYTHON_TOO_OLD, PYTHON_CHECK, STRATEGY_EMPTY.
 */
export async function buildStrategy(options: {
  file: string;
  outDir: string;
  python?: PythonChoice;
}): Promise<StrategyBundle> {
  const entry = await findEntry(options.file);
  privateFolder(options.outDir);
  const outDir = await realpath(options.outDir); // source maps count folders upwards from the real place
  if (isPython(entry)) return pythonBundle(entry, outDir, options.python ?? {});
  const known = await findBuild(entry, outDir);
  if (known !== null) return describe(known, outDir, true);
  return describe(await buildAnew(entry, outDir), outDir, false);
}

/** Which Python a script is run by. */
export interface PythonChoice {
  /** `--python`, BT_PYTHON; null = one that is found. */
  readonly asked?: string | null;
  /** Found before; else it is looked for. */
  readonly found?: Python | null;
  /** Plain when left out. */
  readonly manner?: PythonManner;
  /** Python's side of us; ours when left out. */
  readonly package?: string;
}

async function pythonBundle(entry: string, outDir: string, choice: PythonChoice): Promise<StrategyBundle> {
  const [{ buildPython }, { findPython }, { PYTHON_PACKAGE }] = await Promise.all([
    import('../python/build-python.ts'),
    import('../python/interpreter.ts'),
    import('../python/package-folder.ts'),
  ]);
  const python = choice.found ?? (await findPython(entry, choice.asked ?? null));
  const { manner = PLAIN_MANNER, package: own = PYTHON_PACKAGE } = choice;
  return buildPython({ entry, outDir, python, manner, package: own });
}

async function findEntry(file: string): Promise<string> {
  const shown = displayPath(file);
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) {
    const what = found === null ? 'there is no such file' : 'that is not a file';
    throw new BtError('STRATEGY_NOT_FOUND', `${shown}: ${what}; give the path of a strategy (.py, .ts or .js)`, {
      fault: 'strategy',
    });
  }
  if (!isScript(file) && !isPython(file)) {
    throw new BtError(
      'STRATEGY_NOT_FOUND',
      `${shown}: a strategy is Python, TypeScript or JavaScript; give a .py, .ts or .js file`,
      {
        fault: 'strategy',
      },
    );
  }
  return realpath(file);
}

async function buildAnew(entry: string, outDir: string): Promise<Manifest> {
  // Only a build needs these: a start from the cache loads neither the bundler nor the parser.
  const [{ strategyPlugin }, { API_NAMES }, { UNSUPPORTED }] = await Promise.all([
    import('./bundle-plugin.ts'),
    import('../../../../runtime/api/names.ts'),
    import('../../../../runtime/api/unsupported.ts'),
  ]);
  const known = { api: new Set<string>(API_NAMES), unsupported: UNSUPPORTED };
  const record: SourceRecord = {
    inputs: new Map(),
    packages: new Set(),
    uses: new Map(),
    findings: new Map(),
    reencoded: new Set(),
    unreadable: null,
    entryFunctions: [],
  };
  const result = await bundle(entry, outDir, strategyPlugin(entry, known, record)).catch((error: unknown) => {
    throw record.unreadable ?? error; // in the bundler's words it would have no advice
  });
  const code = result.outputFiles?.[0]?.contents;
  if (code === undefined || result.metafile === undefined) throw buildError(new Error('no output'), dirname(entry));
  const names = [...record.entryFunctions, ...exportsOf(result.metafile)];
  refuseEmpty(entry, names);
  const findings = [...record.findings].flatMap(([file, found]) => found.map((one) => ({ ...one, file })));
  return storeBuild(
    { entry, ...record, functions: [...new Set(names)], uses: firstUses(record.uses), findings },
    outDir,
    code,
  );
}

/** Builds that run now; the bundler's helper process is ended with the last one. */
let building = 0;

async function bundle(entry: string, outDir: string, plugin: Plugin): Promise<BuildResult> {
  const esbuild = await import('esbuild');
  building += 1;
  try {
    return await esbuild.build({
      entryPoints: [entry],
      outfile: join(outDir, 'strategy.mjs'),
      absWorkingDir: dirname(entry),
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      conditions: [], // as Node resolves, without the bundlers' own "module"
      sourcemap: 'inline',
      sourcesContent: true,
      keepNames: true,
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
      tsconfigRaw: {}, // the same result whatever tsconfig lies around
      plugins: [plugin],
    });
  } catch (error) {
    throw buildError(error, dirname(entry));
  } finally {
    building -= 1;
    if (building === 0) await esbuild.stop();
  }
}

/** Each name where a file uses it first. */
function firstUses(uses: SourceRecord['uses']): SourceUse[] {
  return [...uses].flatMap(([file, found]) => {
    const first = new Map<string, SourceUse>();
    for (const use of found) if (!first.has(use.name)) first.set(use.name, { ...use, file });
    return [...first.values()];
  });
}

function exportsOf(metafile: Metafile): string[] {
  return Object.values(metafile.outputs).flatMap((output) => (output.entryPoint === undefined ? [] : output.exports));
}

function refuseEmpty(entry: string, names: readonly string[]): void {
  if (names.some(isHookName)) return;
  throw new BtError(
    'STRATEGY_EMPTY',
    `${displayPath(entry)}: nothing to run. Declare at least "function initialize(context) { … }" and register tasks in it ` +
      `with run_daily(fn, '09:35'); other names that are called: ${HOOK_NAMES.slice(1).join(', ')}`,
    { fault: 'strategy' },
  );
}

function describe(manifest: Manifest, outDir: string, cached: boolean): StrategyBundle {
  return {
    entry: manifest.entry,
    entryModule: basename(manifest.entry),
    path: join(outDir, manifest.bundle),
    python: null,
    hash: manifest.hash,
    inputs: Object.keys(manifest.inputs),
    functions: manifest.functions,
    uses: manifest.uses,
    findings: manifest.findings,
    notes: notesOf(manifest),
    cached,
  };
}

function notesOf({ reencoded }: Manifest): string[] {
  return reencoded.map(
    (file) => `${displayPath(file)} is not UTF-8 and is read as GBK (GB18030) or UTF-16; save it as UTF-8 to be sure.`,
  );
}
