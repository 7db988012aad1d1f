import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { plainNames } from './plain-names.ts';
import { buildClient } from '../src/page/server/build-client.ts';

/**
 * The published form: plain JavaScript in a flat `dist/` (Node strips no types under node_modules), and declarations of
 * what strategies use, so that an editor knows `jqdata`.
 */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = join(ROOT, 'dist');

/** Name in dist/ → source. Files that are loaded by their name at run time are entries of their own. */
const ENTRIES = {
  main: 'src/cli/main.ts',
  'strategy-main': 'src/engine/strategy/child/entry.ts',
  'strategy-watcher': 'src/engine/strategy/child/watcher.ts',
  'notify-thread': 'src/notify/delivery/thread.ts',
  'page-thread': 'src/page/server/thread.ts',
};

async function bundle(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES,
    outdir: DIST,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    packages: 'external',
    chunkNames: 'chunk-[hash]',
    sourcemap: true,
    sourcesContent: false,
    keepNames: true, // classes of the runtime show their names to strategies
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const file of readdirSync(DIST)) {
    if (!file.endsWith('.js')) continue;
    const path = join(DIST, file);
    writeFileSync(path, plainNames(readFileSync(path, 'utf8')));
  }
}

/** For editors: `"types": ["bt-live/globals"]` makes JoinQuant's names and the module `jqdata` known. */
const GLOBALS =
  '/// <reference path="./jqdata.d.ts" />\n/// <reference path="./runtime/globals.d.ts" />\n/// <reference path="./runtime/builtins/globals.d.ts" />\n/// <reference path="./runtime/libraries/globals.d.ts" />\n';
const JQDATA = declared('jqdata', 'bt-live/jqdata', false);
/** Names in imports → the file in runtime/libraries, and whether it has a default. */
const LIBRARIES = [
  ['talib', 'talib', true],
  ['python', 'python', false],
  ['numpy', 'numpy', true],
  ['pandas', 'pandas', true],
  ['math', 'math', true],
  ['datetime', 'datetime', true],
  ['time', 'time', true],
  ['statsmodels.api', 'statsmodels', true],
  ['statsmodels/api', 'statsmodels', true],
  ['sklearn.linear_model', 'sklearn-linear-model', true],
  ['sklearn/linear_model', 'sklearn-linear-model', true],
  ['scipy', 'scipy', true],
  ['scipy.stats', 'scipy-stats', true],
  ['scipy/stats', 'scipy-stats', true],
  ['jqfactor', 'jqfactor', false],
  ['jqlib', 'jqlib', false],
  ['jqlib/technical_analysis', 'technical-analysis', false],
  ['jqlib.technical_analysis', 'technical-analysis', false],
  ['jqlib/alpha101', 'alpha101', false],
  ['jqlib.alpha101', 'alpha101', false],
  ['jqlib/alpha191', 'alpha191', false],
  ['jqlib.alpha191', 'alpha191', false],
  ['jqlib/optimizer', 'optimizer', false],
  ['jqlib.optimizer', 'optimizer', false],
  ['kuanke/wizard', 'wizard', false],
  ['kuanke.wizard', 'wizard', false],
] as const;

function declared(name: string, from: string, hasDefault: boolean): string {
  const whole = hasDefault ? `  export { default } from '${from}';\n` : '';
  return `declare module '${name}' {\n  export * from '${from}';\n${whole}}\n`;
}

async function declarations(): Promise<void> {
  const types = join(DIST, 'types');
  const config = join(DIST, 'tsconfig.types.json');
  const settings = {
    extends: '../tsconfig.json',
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: '..',
      outDir: 'types',
      paths: { jqdata: ['../runtime/index.ts'] },
    },
    include: [],
    files: [
      '../runtime/index.ts',
      '../runtime/globals.d.ts',
      ...new Set(LIBRARIES.map(([, file]) => `../runtime/libraries/${file}.ts`)),
    ],
  };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', config], { cwd: ROOT });
  rmSync(config);
  // A declaration written by hand is not emitted.
  for (const file of ['globals.d.ts', 'builtins/globals.d.ts', 'libraries/globals.d.ts']) {
    cpSync(join(ROOT, 'runtime', file), join(types, 'runtime', file));
  }
  writeFileSync(join(types, 'globals.d.ts'), GLOBALS);
  const libraries = LIBRARIES.map(([name, file, whole]) => declared(name, `bt-live/libraries/${file}`, whole));
  writeFileSync(join(types, 'jqdata.d.ts'), JQDATA + libraries.join(''));
}

/** The catalogs of texts, which are read when somebody reads Chinese. */
function copyWords(): void {
  cpSync(join(ROOT, 'src', 'words', 'zh'), join(DIST, 'zh'), { recursive: true });
}

/** Python's side, as it is: it lies beside the code that starts it. */
function copyPython(): void {
  cpSync(join(ROOT, 'runtime', 'python', 'bt_python'), join(DIST, 'python', 'bt_python'), {
    recursive: true,
    filter: (path) => !path.includes('__pycache__'),
  });
}

/** The page's script and style, and the licences of what is in them. */
async function client(): Promise<void> {
  const { js, css } = await buildClient();
  const folder = join(DIST, 'page');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'client.js'), js);
  writeFileSync(join(folder, 'client.css'), css);
  const licences = ['preact', 'uplot'].map((name) => {
    return `${name}\n\n${readFileSync(join(ROOT, 'node_modules', name, 'LICENSE'), 'utf8')}`;
  });
  writeFileSync(join(folder, 'LICENSES.txt'), licences.join('\n\n'));
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
copyPython();
copyWords();
await Promise.all([bundle(), client(), declarations()]);
