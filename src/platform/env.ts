import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { BtError, errorMessage } from '../domain/errors.ts';
import { parseEnvFile, decodeEnvBytes } from './env-parse.ts';
import { secretWarnings } from './env-secrets.ts';
import { isSecretName, keepSecret } from './exit-text.ts';

/** One configured value and where it came from, in words (`environment`, `.env.local line 3`). */
export interface EnvValue {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

/** Layered configuration, strongest first: environment, `--env-file`, `.env.local`, `.env`. Empty = unset. */
export interface Env {
  /** Null when unset or empty. */
  get(name: string): string | null;
  /** The value with its origin; null when unset. */
  find(name: string): EnvValue | null;
  /** Every name that is set, in one object. */
  all(): Readonly<Record<string, string>>;
  /** Files that were read, strongest first. */
  readonly files: readonly string[];
  /** What the user should know: lines that mean nothing, real-looking tokens in files tracked by git. */
  readonly warnings: readonly string[];
}

export interface EnvOptions {
  /** Folder of `.env.local` and `.env`; there is no search upwards. */
  readonly cwd?: string;
  /** `--env-file`; it must exist. */
  readonly envFile?: string | null;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

interface Layer {
  readonly label: string;
  readonly path: string;
  readonly text: string;
  readonly values: ReadonlyMap<string, { readonly value: string; readonly line: number }>;
}

/**
 * Reads the layers once; later changes of the environment are not seen. What is secret in them is shown nowhere from now on. Throws
 * BtError ENV_FILE (config).
 */
export function loadEnv(options: EnvOptions = {}): Env {
  const cwd = options.cwd ?? process.cwd();
  const environment = { ...(options.environment ?? process.env) };
  const warnings: string[] = [];
  const layers = [
    ...(options.envFile === undefined || options.envFile === null
      ? []
      : [readRequired(cwd, options.envFile, warnings)]),
    ...readOptional(cwd, '.env.local', warnings),
    ...readOptional(cwd, '.env', warnings),
  ];
  for (const layer of layers) warnings.push(...secretWarnings(layer.path, layer.label, layer.values));
  for (const layer of layers) for (const [name, { value }] of layer.values) hide(name, value);
  for (const [name, value] of Object.entries(environment)) hide(name, value?.trim() ?? '');
  const takenByNode = readByNode(layers[0], options.envFile);
  const find = (name: string): EnvValue | null => {
    const set = environment[name] === takenByNode[name] ? undefined : environment[name];
    if (set !== undefined && set.trim() !== '') return { name, value: set.trim(), origin: 'environment' };
    for (const layer of layers) {
      const entry = layer.values.get(name);
      if (entry !== undefined && entry.value !== '') {
        return { name, value: entry.value, origin: `${layer.label} line ${entry.line}` };
      }
    }
    return null;
  };
  const all = (): Record<string, string> => {
    const names = new Set([...Object.keys(environment), ...layers.flatMap((layer) => [...layer.values.keys()])]);
    return Object.fromEntries(
      [...names].flatMap((name) => (find(name) === null ? [] : [[name, find(name)?.value ?? '']])),
    );
  };
  return { get: (name) => find(name)?.value ?? null, find, all, files: layers.map((layer) => layer.path), warnings };
}

function hide(name: string, value: string): void {
  if (isSecretName(name)) keepSecret(value);
}

/** The process environment alone, for switches that must work before any configuration (BT_DEBUG, NO_COLOR). */
export function environmentVariable(name: string): string | null {
  const value = process.env[name];
  return value === undefined || value === '' ? null : value;
}

/**
 * The environment of a process that is to know nothing of ours: Shanghai's time zone, for dates made without one, and on Windows the
 * one variable without which nothing starts.
 */
export function bareEnvironment(): Record<string, string> {
  const root = process.platform === 'win32' ? environmentVariable('SystemRoot') : null;
  return { TZ: 'Asia/Shanghai', ...(root === null ? {} : { SystemRoot: root }) };
}

/** What of the user's environment a Python needs to find its packages, its libraries and its home. */
const FOR_PYTHON = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TMPDIR',
  'VIRTUAL_ENV',
  'CONDA_PREFIX',
  'PYTHONPATH',
  'PYTHONHOME',
  'LD_LIBRARY_PATH',
  'DYLD_LIBRARY_PATH',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'TEMP',
  'TMP',
] as const;

/** The environment of a strategy's Python: nothing of ours, and the same order of sets and the same bytes of texts each time. */
export function pythonEnvironment(): Record<string, string> {
  const own = FOR_PYTHON.flatMap((name): [string, string][] => {
    const value = environmentVariable(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(own),
    ...bareEnvironment(),
    PYTHONHASHSEED: '0',
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    PYTHONUTF8: '1',
  };
}

/** The environment of a helper of ours that runs the user's own software: all of it but what is secret. */
export function openEnvironment(): Record<string, string> {
  const open = Object.entries(process.env).flatMap(([name, value]): [string, string][] =>
    value === undefined || isSecretName(name) ? [] : [[name, value]],
  );
  return Object.fromEntries(open);
}

/**
 * Node reads a `--env-file` wherever it stands on the command line, also behind the program's name, with rules of its own. What it put
 * into the environment that way is not the user's environment: the file's own reading counts.
 */
function readByNode(first: Layer | undefined, envFile: string | null | undefined): NodeJS.Dict<string> {
  return first === undefined || envFile === undefined || envFile === null ? {} : parseEnv(first.text);
}

function readRequired(cwd: string, file: string, warnings: string[]): Layer {
  const path = resolve(cwd, file);
  if (!existsSync(path)) {
    throw new BtError('ENV_FILE', `--env-file ${file} does not exist: write the path of an existing file.`, {
      fault: 'config',
    });
  }
  return readLayer(path, file, warnings);
}

function readOptional(cwd: string, name: string, warnings: string[]): Layer[] {
  const path = resolve(cwd, name);
  return existsSync(path) ? [readLayer(path, name, warnings)] : [];
}

function readLayer(path: string, label: string, warnings: string[]): Layer {
  let text: string;
  try {
    text = decodeEnvBytes(readFileSync(path));
  } catch (error) {
    throw new BtError(
      'ENV_FILE',
      `${label} cannot be read (${errorMessage(error)}): correct its rights or remove it.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
  const parsed = parseEnvFile(text);
  for (const line of parsed.badLines) {
    warnings.push(`${label} line ${line} is not of the form NAME=value and was left out`);
  }
  return { label, path, text, values: parsed.values };
}
