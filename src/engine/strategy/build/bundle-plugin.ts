import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import { parseSync, type ParseResult } from 'oxc-parser';
import { BtError } from '../../../domain/errors.ts';
import { decodeText } from '../../../platform/text-encoding.ts';
import { ambientLibraries } from '../check/library-names.ts';
import { apiUses, RUNTIME_MODULES, type ApiUse } from '../check/api-uses.ts';
import { checkSource } from '../check/check-source.ts';
import type { KnownNames } from '../check/check-source.ts';
import type { Finding } from '../check/finding.ts';
import { declaredFunctions } from './declared-functions.ts';
import { LIBRARY_NAMES, libraryOf, type LibraryName } from '../../../../runtime/libraries/names.ts';
import { AMBIENT_LIBRARIES } from '../../../../runtime/libraries/python-names.ts';
import { DECLARE_KEY, LIBRARY_KEY, RUNTIME_KEY } from './global-keys.ts';
import { modulePath } from './module-path.ts';
import { pythonError } from './python-error.ts';
import { displayPath } from './source-place.ts';

/** What a build learnt about the files it read. */
export interface SourceRecord {
  /** SHA-256 of each local file as it was read, by absolute path. */
  readonly inputs: Map<string, string>;
  /** Absolute paths of local files that are not UTF-8 and were read as what they are. */
  readonly reencoded: Set<string>;
  /** Why a file cannot be read at all; null = each can. */
  unreadable: BtError | null;
  /** Absolute paths of npm files that the bundle will import where they lie. */
  readonly packages: Set<string>;
  /** Where each local file uses names of the API. */
  readonly uses: Map<string, readonly ApiUse[]>;
  /** What in each local file will not do what its author means. */
  readonly findings: Map<string, readonly Finding[]>;
  /** Functions declared in the entry file. */
  entryFunctions: readonly string[];
}

const RUNTIME_NAMESPACE = 'bt-runtime';
const LIBRARY_NAMESPACE = 'bt-library';
const SCRIPT_LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.jsx': 'jsx',
};
/** Other files whose content is text. */
const TEXTS = new Set(['.json', '.txt']);
/** Marks our own question to the resolver, which comes back to the same plugin. */
const ASKED = Symbol('asked');

/** Resolves `jqdata`, leaves npm packages where they lie, and makes each local file tell its declared functions. */
export function strategyPlugin(entry: string, known: KnownNames, record: SourceRecord): Plugin {
  return {
    name: 'bt-strategy',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => resolveBare(build, args, record));
      build.onLoad({ filter: /.*/, namespace: RUNTIME_NAMESPACE }, () => ({ contents: runtimeModule([...known.api]) }));
      build.onLoad({ filter: /.*/, namespace: LIBRARY_NAMESPACE }, ({ path }) => {
        const name = libraryOf(path);
        return name === null ? null : { contents: libraryModule(name) };
      });
      build.onLoad({ filter: /.*/, namespace: 'file' }, (args) => loadLocal(args.path, entry, known, record));
    },
  };
}

async function resolveBare(
  build: PluginBuild,
  args: OnResolveArgs,
  record: SourceRecord,
): Promise<OnResolveResult | null> {
  if (RUNTIME_MODULES.has(args.path)) return { path: 'jqdata', namespace: RUNTIME_NAMESPACE };
  const library = libraryOf(args.path);
  if (library !== null) return { path: library, namespace: LIBRARY_NAMESPACE };
  const plain = args.kind === 'entry-point' || args.pluginData === ASKED || isAbsolute(args.path);
  if (plain || isBuiltin(args.path) || args.path.startsWith('#')) return null;
  const { kind, importer, namespace, resolveDir } = args;
  const found = await build.resolve(args.path, { kind, importer, namespace, resolveDir, pluginData: ASKED });
  // Not found: the tool then reports it at the import statement. Data files and linked sources are bundled.
  if (found.errors.length > 0) return null;
  const installed = found.path.includes(`${sep}node_modules${sep}`) && extname(found.path) !== '.json';
  if (!installed || found.external) return null;
  record.packages.add(found.path);
  return { path: pathToFileURL(found.path).href, external: true };
}

/** The module `jqdata` inside a bundle: the runtime's exports by name, so that a misspelt import fails at its own line. */
function runtimeModule(names: readonly string[]): string {
  return [
    `const runtime = globalThis[Symbol.for(${JSON.stringify(RUNTIME_KEY)})];`,
    `if (runtime === undefined) throw new Error('A strategy runs inside "bt live", not by itself.');`,
    `export const { ${names.join(', ')} } = runtime;`,
    `export default runtime;`,
  ].join('\n');
}

/** A library of JoinQuant's inside a bundle, loaded when the bundle is. Its default is itself, or what it calls its default. */
function libraryModule(name: LibraryName): string {
  return [
    `const library = await globalThis[Symbol.for(${JSON.stringify(LIBRARY_KEY)})](${JSON.stringify(name)});`,
    // Some of numpy's names are words of the language: delete, var.
    `const { ${LIBRARY_NAMES[name].map((one, i) => `${one}: $${i}`).join(', ')} } = library;`,
    `export { ${LIBRARY_NAMES[name].map((one, i) => `$${i} as ${one}`).join(', ')} };`,
    `export default library.default ?? library;`,
  ].join('\n');
}

async function loadLocal(file: string, entry: string, known: KnownNames, record: SourceRecord): Promise<OnLoadResult> {
  const bytes = await readFile(file);
  record.inputs.set(file, createHash('sha256').update(bytes).digest('hex'));
  const loader = SCRIPT_LOADERS[extname(file)];
  if (loader === undefined && !TEXTS.has(extname(file))) return { contents: bytes, loader: 'default' };
  const source = readSource(file, bytes, record);
  if (loader === undefined) return { contents: source, loader: 'default' };
  const parsed = parseSync(file, source);
  if (parsed.errors.length > 0) {
    const python = pythonError(file, source);
    if (python === null) return { contents: source, loader }; // the bundler reports it, in its own words
    record.unreadable = python;
    throw python;
  }
  const uses = apiUses(parsed, source, known.api);
  record.uses.set(file, uses);
  record.findings.set(file, checkSource(parsed, source, uses, known));
  const names = declaredFunctions(parsed);
  if (file === entry) record.entryFunctions = names;
  const code = withPlace(source, parsed, file) + ambientImports(parsed) + registration(modulePath(file, entry), names);
  return { contents: code, loader };
}

/** A file in another encoding than UTF-8 would run with each Chinese text in it broken. */
function readSource(file: string, bytes: Uint8Array, record: SourceRecord): string {
  const read = decodeText(bytes);
  if (read === null) {
    record.unreadable = new BtError(
      'STRATEGY_ENCODING',
      `${displayPath(file)}: it is neither UTF-8 nor GBK (GB18030) nor UTF-16: save it as UTF-8`,
      { fault: 'strategy' },
    );
    throw record.unreadable;
  }
  if (read.encoding !== 'utf-8') record.reencoded.add(file);
  return read.text;
}

/** Behind the last line, as below: what Python scripts know without an import is loaded for the files that use it. */
function ambientImports(parsed: ParseResult): string {
  return ambientLibraries(parsed)
    .map((name) => `\n;import ${name} from ${JSON.stringify(AMBIENT_LIBRARIES[name])};`)
    .join('');
}

/** Appended behind the last line, so that no line of the author moves. */
function registration(module: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return `\n;globalThis[Symbol.for(${JSON.stringify(DECLARE_KEY)})]?.(${JSON.stringify(module)}, { ${names.join(', ')} });\n`;
}

/** `import.meta.url`, `.dirname` and `.filename` mean the author's file, not the bundle. */
function withPlace(source: string, parsed: ParseResult, file: string): string {
  const values: Readonly<Record<string, string>> = {
    url: pathToFileURL(file).href,
    dirname: dirname(file),
    filename: file,
  };
  let text = source;
  for (const { start, end } of [...parsed.module.importMetas].reverse()) {
    const property = /^\.(?<name>url|dirname|filename)\b/u.exec(source.slice(end));
    const value = values[property?.groups?.['name'] ?? ''];
    if (property === null || value === undefined) continue;
    text = text.slice(0, start) + JSON.stringify(value) + text.slice(end + property[0].length);
  }
  return text;
}
