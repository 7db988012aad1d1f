import { child, nameOf } from './syntax.ts';
import type { SyntaxNode, Visit } from './syntax.ts';

/** A use of something that has one home. `name` as in the tables below. */
export interface BannedUse {
  readonly name: string;
  readonly start: number;
}

interface Ban {
  /** Areas where it is at home. */
  readonly home: readonly string[];
}

const TIME: Ban = { home: ['platform'] };
/** What is written there is clean, and never waited for. */
const TERMINAL: Ban = { home: ['platform', 'bin'] };
const EXIT: Ban = { home: ['cli', 'bin'] };
const NOWHERE: Ban = { home: [] };

/** Globals by their bare name. */
const GLOBALS: Readonly<Record<string, Ban>> = {
  setTimeout: TIME,
  setInterval: TIME,
  setImmediate: TIME,
  performance: TIME,
  console: NOWHERE,
};

/** Members of an object that is always called by the same name. */
const MEMBERS: Readonly<Record<string, Ban>> = {
  'Date.now': TIME,
  'Math.random': TIME,
  'AbortSignal.timeout': TIME,
  'process.env': TIME,
  'process.hrtime': TIME,
  'process.stdout': TERMINAL,
  'process.stderr': TERMINAL,
  'process.exit': EXIT,
  'process.reallyExit': EXIT,
  'process.abort': EXIT,
  'crypto.randomUUID': TIME,
  'crypto.randomBytes': TIME,
  'crypto.randomInt': TIME,
  'crypto.getRandomValues': TIME,
};

/** Named imports that are the same things by another door. */
const MODULES: Readonly<Record<string, string>> = {
  'node:timers': 'setTimeout',
  'node:timers/promises': 'setTimeout',
  'node:perf_hooks': 'performance',
  'node:console': 'console',
};
const NAMESPACES: Readonly<Record<string, string>> = { 'node:process': 'process', 'node:crypto': 'crypto' };

/** Not what every object inherits: `constructor` and `toString` are names too. */
function ownBan(bans: Readonly<Record<string, Ban>>, name: string): Ban | undefined {
  return Object.hasOwn(bans, name) ? bans[name] : undefined;
}

/** Uses of the clock, timers, chance, environment, exit and console outside their home. */
export function bannedUses(area: string, all: readonly Visit[]): BannedUse[] {
  return all
    .flatMap((visit) => namesUsed(visit).map((name) => ({ name, start: visit.node.start })))
    .filter(({ name }) => {
      const ban = ownBan(MEMBERS, name) ?? ownBan(GLOBALS, name) ?? (name === 'new Date()' ? TIME : undefined);
      return ban !== undefined && !ban.home.includes(area);
    });
}

function namesUsed({ node, parent, key }: Visit): string[] {
  switch (node.type) {
    case 'Identifier':
      return isReference(parent, key) ? [nameOf(node) ?? ''] : [];
    case 'MemberExpression':
      return memberNames(node);
    case 'VariableDeclarator':
      return destructuredNames(node);
    case 'ImportDeclaration':
      return importedNames(node);
    case 'NewExpression':
    case 'CallExpression':
      return readsTheClock(node) ? ['new Date()'] : [];
    default:
      return [];
  }
}

/** Properties, keys, imported names and types are not uses of the global. */
function isReference(parent: SyntaxNode | null, key: string): boolean {
  if (parent === null) return true;
  if (parent.type === 'MemberExpression') return key === 'object' || parent['computed'] === true;
  if (parent.type.startsWith('TS')) return false;
  if (parent.type.endsWith('Specifier')) return false;
  return key !== 'key' || parent['computed'] === true || parent['shorthand'] === true;
}

function memberNames(node: SyntaxNode): string[] {
  const property = nameOf(child(node, 'property')) ?? '';
  const object = nameOf(child(node, 'object', 'Identifier'));
  if (object === 'globalThis') return [property];
  if (object !== null) return [`${object}.${property}`];
  const inner = child(node, 'object', 'MemberExpression');
  const global = inner === null ? null : nameOf(child(inner, 'object', 'Identifier'));
  return inner !== null && global === 'globalThis' ? [`${nameOf(child(inner, 'property')) ?? ''}.${property}`] : [];
}

/** `const { env } = process` */
function destructuredNames(node: SyntaxNode): string[] {
  const pattern = child(node, 'id', 'ObjectPattern');
  const object = nameOf(child(node, 'init', 'Identifier'));
  if (pattern === null || object === null || !Array.isArray(pattern['properties'])) return [];
  const keys = (pattern['properties'] as SyntaxNode[]).map((property) => nameOf(child(property, 'key')) ?? '');
  return keys.map((name) => (object === 'globalThis' ? name : `${object}.${name}`));
}

function importedNames(node: SyntaxNode): string[] {
  if (node['importKind'] === 'type') return [];
  const source = nameOf(child(node, 'source')) ?? '';
  const whole = MODULES[source];
  if (whole !== undefined) return [whole];
  const namespace = NAMESPACES[source];
  if (namespace === undefined || !Array.isArray(node['specifiers'])) return [];
  return (node['specifiers'] as SyntaxNode[]).map((item) => `${namespace}.${nameOf(child(item, 'imported')) ?? ''}`);
}

/** `new Date()` and `Date()` without arguments. */
function readsTheClock(node: SyntaxNode): boolean {
  const args = node['arguments'];
  return nameOf(child(node, 'callee', 'Identifier')) === 'Date' && Array.isArray(args) && args.length === 0;
}
