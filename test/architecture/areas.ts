import { isBuiltin } from 'node:module';

/** A part of the project with its own rights; `venue:<name>` for each venue's folder. */
export type Area = string;

interface Rights {
  /** Areas it may import from, besides itself. */
  readonly areas: readonly Area[] | 'all';
  /** Packages it may import; absent = any in `dependencies`. */
  readonly packages?: readonly string[];
  /** Node's own modules. */
  readonly builtins: boolean;
}

const PORTS = ['src/venues/broker.ts', 'src/venues/provider.ts'];
const VENUE: Rights = { areas: ['ports', 'net', 'protocol', 'domain', 'platform'], builtins: true };

/** The law of imports: docs/architecture.md, "Layout". */
const RIGHTS: Readonly<Record<Area, Rights>> = {
  domain: { areas: [], packages: ['luxon'], builtins: false },
  errors: { areas: ['domain'], packages: [], builtins: false },
  platform: { areas: ['errors'], builtins: true },
  // What a person reads, in the reader's language: for those who show it.
  words: { areas: ['domain', 'platform'], builtins: true },
  protocol: { areas: ['domain'], builtins: true },
  net: { areas: ['protocol', 'domain', 'platform'], builtins: true },
  exchange: { areas: ['domain', 'platform'], builtins: true },
  ports: { areas: ['domain'], packages: [], builtins: false },
  registry: { areas: ['ports', 'venue:*', 'domain', 'platform'], builtins: true },
  'venue:*': VENUE,
  'venue:paper': { ...VENUE, areas: [...(VENUE.areas as readonly Area[]), 'exchange'] },
  ledger: { areas: ['domain', 'platform'], builtins: true },
  notify: { areas: ['words', 'domain', 'platform'], builtins: true },
  status: { areas: ['ledger', 'domain', 'platform'], builtins: true },
  follow: { areas: ['net', 'domain', 'platform'], builtins: true },
  report: { areas: ['status', 'words', 'domain', 'platform'], builtins: true },
  metrics: { areas: ['net', 'domain', 'platform'], builtins: true },
  engine: { areas: ['ports', 'ledger', 'runtime', 'domain', 'platform'], builtins: true },
  page: { areas: ['status', 'net', 'ledger', 'words', 'domain', 'platform'], builtins: true },
  // In a browser: types of the server, pure rules, and what of the platform needs no Node.
  'page-client': { areas: ['page', 'status', 'domain', 'platform'], packages: ['preact', 'uplot'], builtins: false },
  server: { areas: ['ports', 'protocol', 'net', 'exchange', 'domain', 'platform'], builtins: true },
  runtime: { areas: ['domain'], builtins: true },
  cli: { areas: 'all', builtins: true },
  bin: { areas: ['cli'], builtins: true },
  strategies: {
    areas: [],
    packages: ['jqdata', 'jqfactor', 'jqlib', 'kuanke', 'math', 'numpy', 'pandas', 'python', 'talib'],
    builtins: false,
  },
  helpers: { areas: [], packages: [], builtins: false },
};

/** Area of a project file; null for what the law does not speak of (tests, scripts, benchmarks). */
export function areaOf(path: string): Area | null {
  if (path === 'src/domain/errors.ts') return 'errors';
  if (PORTS.includes(path)) return 'ports';
  if (path === 'src/venues/registry.ts') return 'registry';
  if (path.startsWith('src/page/client/')) return 'page-client';
  const venue = /^src\/venues\/([^/]+)\//u.exec(path);
  if (venue !== null) return `venue:${venue[1] ?? ''}`;
  const folder = /^(?:src\/)?([^/]+)\//u.exec(path)?.[1] ?? null;
  return folder !== null && folder in RIGHTS ? folder : null;
}

/** May a file of area `from` import this project file? */
export function mayImportFile(from: Area, target: string): boolean {
  const to = areaOf(target);
  const { areas } = rightsOf(from);
  if (to === null) return false;
  if (to === from || areas === 'all') return to === from || !['bin', 'strategies', 'helpers'].includes(to);
  if (to === 'errors' && areas.includes('domain')) return true;
  if (from === 'domain') return to === 'errors';
  return areas.includes(to) || (to.startsWith('venue:') && areas.includes('venue:*'));
}

/** May it import this bare name? */
export function mayImportPackage(from: Area, specifier: string, dependencies: ReadonlySet<string>): boolean {
  const { packages, builtins } = rightsOf(from);
  if (isBuiltin(specifier)) return builtins;
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return packages === undefined ? dependencies.has(name) : packages.includes(name);
}

function rightsOf(area: Area): Rights {
  const rights = RIGHTS[area] ?? (area.startsWith('venue:') ? RIGHTS['venue:*'] : undefined);
  if (rights === undefined) throw new Error(`no rights are written down for the area ${area}`);
  return rights;
}
