import type { ParseResult } from 'oxc-parser';
import { libraryOf } from '../../../../runtime/libraries/names.ts';
import { isBinding, isLabel, isNode, placesIn, walk } from './syntax.ts';
import type { Node } from './syntax.ts';

/** A name of the API in a source; line and column count from 1. */
export interface ApiUse {
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

/** Modules whose exports are the API, by the names that a strategy may import them by. */
export const RUNTIME_MODULES: ReadonlySet<string> = new Set([
  'jqdata',
  'bt-live/jqdata',
  'kuanke.user_space_api',
  'kuanke/user_space_api',
]);

/** Names of the API may come from JoinQuant's libraries too. */
const isOurs = (module: string): boolean => RUNTIME_MODULES.has(module) || libraryOf(module) !== null;

/**
 * Where a parsed file uses names of the API: imported ones, also under another name, members of the module as a whole, and those that
 * are there without an import. A name that the file declares itself, wherever in it, is its own. In source order.
 */
export function apiUses(parsed: ParseResult, source: string, names: ReadonlySet<string>): ApiUse[] {
  const imports = importsOf(parsed, names);
  const found: { readonly name: string; readonly at: number }[] = [];
  const own = new Set(imports.foreign);
  const bare: { readonly name: string; readonly at: number }[] = [];
  walk(parsed.program, (node, parent, key) => {
    if (node.type === 'MemberExpression') {
      const name = memberOf(node, imports.wholes);
      if (name !== null && names.has(name)) found.push({ name, at: node.start });
    } else if (node.type === 'Identifier' && typeof node['name'] === 'string') {
      if (isBinding(parent, key)) own.add(node['name']);
      else if (!isLabel(parent, key)) bare.push({ name: node['name'], at: node.start });
    }
  });
  for (const { name, at } of bare) {
    const imported = imports.named.get(name);
    if (imported !== undefined) found.push({ name: imported, at });
    else if (names.has(name) && !own.has(name)) found.push({ name, at });
  }
  const places = placesIn(source);
  return found.toSorted((a, b) => a.at - b.at).map(({ name, at }) => ({ name, ...places(at) }));
}

interface Imports {
  /** API name by its name in the file. */
  readonly named: ReadonlyMap<string, string>;
  /** Names under which the whole module is known. */
  readonly wholes: ReadonlySet<string>;
  /** Names of what comes from elsewhere. */
  readonly foreign: ReadonlySet<string>;
}

function importsOf(parsed: ParseResult, names: ReadonlySet<string>): Imports {
  const [named, wholes, foreign] = [new Map<string, string>(), new Set<string>(), new Set<string>()];
  for (const { moduleRequest, entries } of parsed.module.staticImports) {
    for (const { importName, localName, isType } of entries) {
      if (isType) continue;
      if (!isOurs(moduleRequest.value)) foreign.add(localName.value);
      else if (importName.name == null) wholes.add(localName.value); // default, or * as
      else if (names.has(importName.name)) named.set(localName.value, importName.name);
    }
  }
  return { named, wholes, foreign };
}

/** `jq.get_price` → get_price. */
function memberOf({ object, property, computed }: Node, wholes: ReadonlySet<string>): string | null {
  if (computed === true || !isNode(object) || !isNode(property)) return null;
  const isWhole = object.type === 'Identifier' && typeof object['name'] === 'string' && wholes.has(object['name']);
  return isWhole && typeof property['name'] === 'string' ? property['name'] : null;
}
