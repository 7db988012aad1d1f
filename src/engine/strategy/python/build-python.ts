import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { API_NAMES } from '../../../../runtime/api/names.ts';
import { JOINQUANT_LIBRARIES, type LibraryName } from '../../../../runtime/libraries/names.ts';
import { BtError } from '../../../domain/errors.ts';
import { sha256, writeWhole } from '../build/bundle-cache.ts';
import { fileStem } from '../build/module-path.ts';
import { displayPath } from '../build/source-place.ts';
import { HOOK_NAMES, isHookName } from '../hooks.ts';
import type { PythonManner, SourceUse, StrategyBundle } from '../types.ts';
import type { Python } from './interpreter.ts';
import { findingsOf } from './python-findings.ts';
import { askReport, isReport, type PythonReport } from './python-report.ts';

export interface PythonBuild {
  /** The author's file, absolute. */
  readonly entry: string;
  /** Where what is found out is kept; a folder of ours. */
  readonly outDir: string;
  readonly python: Python;
  readonly manner: PythonManner;
  /** Python's side of us. */
  readonly package: string;
}

/** Grows whenever a report says something else of the same sources. */
const REPORT_VERSION = 4;

interface Stored {
  readonly version: number;
  readonly python: Python;
  readonly python2: boolean;
  readonly report: PythonReport;
}

/**
 * Looks a script through with its own Python, unless neither has changed. Errors: PYTHON_CHECK, STRATEGY_EMPTY. What is wrong with the
 * script, packages that are missing too, is in its findings.
 */
export async function buildPython(build: PythonBuild): Promise<StrategyBundle> {
  const { entry, outDir, python, manner } = build;
  const path = join(outDir, `${fileStem(entry)}.${sha256(entry).slice(0, 8)}.python.json`);
  const stored = await readStored(path);
  const isFresh = stored !== null && (await isSame(stored, build));
  const report = isFresh ? stored.report : await askReport(build);
  if (!isFresh) {
    const found: Stored = { version: REPORT_VERSION, python, python2: manner.python2, report };
    await writeWhole(path, JSON.stringify(found));
  }
  refuseEmpty(entry, report);
  return {
    entry,
    entryModule: basename(entry),
    path,
    python: { interpreter: python, libraries: await librariesOf(report), manner, package: build.package },
    hash: sha256(
      report.files
        .map(({ module, sha256: hash }) => `${module} ${hash}`)
        .toSorted()
        .join('\n'),
    ),
    inputs: report.files.map((file) => file.path),
    functions: report.functions,
    uses: usesOf(report),
    findings: findingsOf(report, python),
    notes: [],
    cached: isFresh,
  };
}

/** A package may have been installed since it was missed. */
async function isSame({ version, python, python2, report }: Stored, build: PythonBuild): Promise<boolean> {
  const isOurs =
    version === REPORT_VERSION &&
    python2 === build.manner.python2 &&
    python.path === build.python.path &&
    python.version === build.python.version;
  if (!isOurs || report.missing.length > 0 || report.files[0]?.path !== build.entry) return false;
  try {
    const hashes = report.files.map(async (file) => sha256(await readFile(file.path)) === file.sha256);
    return (await Promise.all(hashes)).every(Boolean);
  } catch {
    return false; // a file is gone: the report will say which
  }
}

async function readStored(path: string): Promise<Stored | null> {
  try {
    const stored = JSON.parse(await readFile(path, 'utf8')) as Stored; // written by us; its report is looked at
    return isReport(stored.report) ? stored : null;
  } catch {
    return null;
  }
}

/** Names of the API and of what is imported from our libraries, each where a file uses it first. */
function usesOf({ names, undefined: free }: PythonReport): SourceUse[] {
  const api = new Set<string>(API_NAMES);
  const seen = new Set<string>();
  return [...names, ...free].flatMap(({ name, file, line, column }): SourceUse[] => {
    const own = name.slice(name.lastIndexOf('.') + 1);
    const key = `${file}\n${own}`;
    if (!api.has(own) || seen.has(key)) return [];
    seen.add(key);
    return [{ name: own, file, line, column }];
  });
}

/** Which of our libraries the files speak of. They are loaded before the script: an import in Python cannot wait for one. */
async function librariesOf({ files }: PythonReport): Promise<readonly LibraryName[]> {
  const texts = await Promise.all(files.map(({ path }) => readFile(path, 'latin1')));
  // That one has nothing of its own.
  const names = JOINQUANT_LIBRARIES.filter((name) => name !== 'jqlib');
  return names.filter((name) => texts.some((text) => text.includes(name.slice(name.lastIndexOf('.') + 1))));
}

function refuseEmpty(entry: string, { functions, findings }: PythonReport): void {
  // A file that cannot be read declares nothing that could be seen: that is what is told.
  if (functions.some(isHookName) || findings.some(({ level }) => level === 'error')) return;
  throw new BtError(
    'STRATEGY_EMPTY',
    `${displayPath(entry)}: nothing to run. Define at least "def initialize(context):" and register tasks in it ` +
      `with run_daily(fn, time='09:35'); other names that are called: ${HOOK_NAMES.slice(1).join(', ')}`,
    { fault: 'strategy' },
  );
}
