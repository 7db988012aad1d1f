import { spawnSync } from 'node:child_process';

/** A Python of this machine and the version of its pandas; null = it has none. */
export interface Interpreter {
  readonly path: string;
  readonly version: string;
  readonly pandas: string | null;
}

const OURS = [process.env['BT_PYTHON'], 'python3', '/usr/bin/python3'];
const ASK = [
  'import sys, importlib.util as u',
  'p = __import__("pandas").__version__ if u.find_spec("pandas") else ""',
  'print("%d.%d.%d|%s" % (sys.version_info[:3] + (p,)))',
].join('\n');

/** The first one of 3.8 or newer; with `pandas` the first that has it. Null when there is none. */
export function findInterpreter({ pandas = false } = {}): Interpreter | null {
  const found = OURS.flatMap((path) => (path === undefined ? [] : [ask(path)]));
  return found.find((one) => one !== null && (!pandas || one.pandas !== null)) ?? null;
}

const known = new Map<string, Interpreter | null>();

function ask(path: string): Interpreter | null {
  const before = known.get(path);
  if (before !== undefined) return before;
  const { status, stdout } = spawnSync(path, ['-c', ASK], { encoding: 'utf8' });
  const [version = '', pandas = ''] = status === 0 ? stdout.trim().split('|') : [];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major === 3 && minor >= 8;
  const found = isNewEnough ? { path, version, pandas: pandas === '' ? null : pandas } : null;
  known.set(path, found);
  return found;
}
