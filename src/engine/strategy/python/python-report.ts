import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listOf, nullable, record, text, word, finite, type Shape } from '../../../../runtime/border/shape.ts';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { pythonEnvironment } from '../../../platform/env.ts';
import type { PythonManner } from '../types.ts';
import type { Python } from './interpreter.ts';

/** A place in a file of the author's; line and column count from 1. */
interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
export interface NamedPlace extends Place {
  readonly name: string;
}
interface FoundPlace extends Place {
  readonly level: 'error' | 'warning';
  readonly code: string;
  readonly text: string;
}

/** What `bt_python/check.py` says of a script without running it. */
export interface PythonReport {
  readonly files: readonly { readonly path: string; readonly module: string; readonly sha256: string }[];
  /** Of the entry. */
  readonly functions: readonly string[];
  readonly names: readonly NamedPlace[];
  /** Free names that only the API could know. */
  readonly undefined: readonly NamedPlace[];
  /** `from jqlib.technical_analysis import *` */
  readonly stars: readonly { readonly module: string; readonly file: string }[];
  /** Packages that this Python does not have. */
  readonly missing: readonly (Place & { readonly module: string })[];
  readonly findings: readonly FoundPlace[];
}

const place = { file: text, line: finite, column: finite };
const named = record<NamedPlace>({ ...place, name: text });
const SHAPE: Shape<PythonReport> = record<PythonReport>({
  files: listOf(record({ path: text, module: text, sha256: text })),
  functions: listOf(text),
  names: listOf(named),
  undefined: listOf(named),
  stars: listOf(record({ module: text, file: text })),
  missing: listOf(record({ ...place, module: text })),
  findings: listOf(record<FoundPlace>({ ...place, level: word('error', 'warning'), code: text, text })),
});

/** True for what has the form of a report, also one that was stored. */
export function isReport(value: unknown): value is PythonReport {
  return nullable(SHAPE).problem(value, 'report') === null && value !== null;
}

/** What is looked through, by what. */
interface Asked {
  readonly entry: string;
  readonly python: Python;
  readonly manner: PythonManner;
  readonly package: string;
}

const PATIENCE_MS = 60_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** Asks the script's own Python, which does not run it. BtError PYTHON_CHECK (bug) when there is no answer. */
export async function askReport({ entry, python, manner, package: own }: Asked): Promise<PythonReport> {
  const args = ['-B', '-X', 'utf8', join(own, 'check.py'), ...(manner.python2 ? ['--python2'] : []), '--json', entry];
  const options = { env: pythonEnvironment(), timeout: PATIENCE_MS, maxBuffer: MOST_BYTES, windowsHide: true };
  try {
    const { stdout } = await promisify(execFile)(python.path, args, options);
    const report: unknown = JSON.parse(stdout);
    if (isReport(report)) return report;
    throw new Error(SHAPE.problem(report, 'the report') ?? 'no report');
  } catch (error) {
    throw new BtError(
      'PYTHON_CHECK',
      `${python.path} could not look through ${entry}: ${errorMessage(error)}. Try another Python (--python), and reinstall bt.`,
      { fault: 'bug', cause: error },
    );
  }
}
