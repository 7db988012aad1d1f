import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BtError, errorCode } from '../../../domain/errors.ts';
import { pythonEnvironment } from '../../../platform/env.ts';
import { displayPath } from '../build/source-place.ts';

/** A Python that runs strategies. */
export interface Python {
  /** Its program, absolute. */
  readonly path: string;
  /** `3.11.2` */
  readonly version: string;
}

/** What is tried, as a person would write it. */
interface Candidate {
  readonly file: string;
  readonly args: readonly string[];
  readonly origin: string;
}

const OLDEST = [3, 8] as const;
/** Python answers in a few hundredths of a second. */
const PATIENCE_MS = 20_000;
/** Written for any Python there is, also 2. */
const ASK =
  'import sys; sys.stdout.write("%d.%d.%d\\n%s" % (sys.version_info[0], sys.version_info[1], sys.version_info[2], sys.executable))';
const ADVICE =
  'Install Python 3.8 or newer with pandas (https://www.python.org, then: python3 -m pip install pandas), or name one with --python or BT_PYTHON.';

const isWindows = process.platform === 'win32';

/**
 * The Python for a script: the one that was asked for (`--python`, BT_PYTHON), else `.venv` beside the script or in the working directory,
 * `python3`, `py -3`. BtError PYTHON_MISSING or PYTHON_TOO_OLD (config).
 */
export async function findPython(script: string, asked: string | null): Promise<Python> {
  if (asked !== null) {
    const found = await ask({ file: asked, args: [], origin: asked });
    if (found === null) throw missing(`There is no Python at '${asked}' (--python, BT_PYTHON), or it does not start.`);
    return newEnough(found, asked);
  }
  let tooOld: BtError | null = null;
  for (const candidate of await candidates(script)) {
    const found = await ask(candidate);
    if (found === null) continue;
    try {
      return newEnough(found, candidate.origin);
    } catch (error) {
      tooOld ??= error as BtError; // newEnough throws nothing else
    }
  }
  throw tooOld ?? missing(`${displayPath(script)} needs Python, and none is found (.venv, python3, py -3).`);
}

async function candidates(script: string): Promise<readonly Candidate[]> {
  const within = isWindows ? join('Scripts', 'python.exe') : join('bin', 'python');
  const folders = [...new Set([dirname(script), process.cwd()])].map((folder) => join(folder, '.venv', within));
  const venvs: Candidate[] = [];
  for (const file of folders) if (await isThere(file)) venvs.push({ file, args: [], origin: displayPath(file) });
  const launcher: Candidate = { file: 'py', args: ['-3'], origin: 'py -3' };
  return [...venvs, { file: 'python3', args: [], origin: 'python3' }, ...(isWindows ? [launcher] : [])];
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/** Null when there is none, or it does not answer. */
async function ask({ file, args }: Candidate): Promise<Python | null> {
  try {
    const options = { env: pythonEnvironment(), timeout: PATIENCE_MS, windowsHide: true };
    const { stdout } = await promisify(execFile)(file, [...args, '-S', '-c', ASK], options);
    const [version = '', path = ''] = stdout.split('\n');
    return path === '' ? null : { path, version };
  } catch (error) {
    if (errorCode(error) === 'EAGAIN') throw error; // no more processes: no Python is at fault
    return null;
  }
}

function newEnough(python: Python, origin: string): Python {
  const [major = 0, minor = 0] = python.version.split('.').map(Number);
  if (major === OLDEST[0] && minor >= OLDEST[1]) return python;
  throw new BtError(
    'PYTHON_TOO_OLD',
    `${origin} is Python ${python.version}; strategies need 3.8 or newer. ${ADVICE}`,
    {
      fault: 'config',
    },
  );
}

function missing(what: string): BtError {
  return new BtError('PYTHON_MISSING', `${what} ${ADVICE}`, { fault: 'config' });
}
