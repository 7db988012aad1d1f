import type { ParseResult } from 'oxc-parser';
import { closestName } from '../../../domain/closest-name.ts';
import { LIBRARY_NAMES, libraryOf, type LibraryName } from '../../../../runtime/libraries/names.ts';
import { AMBIENT_LIBRARIES, PYTHON_MODULES } from '../../../../runtime/libraries/python-names.ts';
import type { FindingAt } from './finding.ts';
import { isBinding, isLabel, isNode, walk, type Node } from './syntax.ts';

type Ambient = keyof typeof AMBIENT_LIBRARIES;

/** Names that stand for a whole library, although the file does not import it: `np`, `math` … */
export function ambientLibraries(parsed: ParseResult): Ambient[] {
  const names = Object.keys(AMBIENT_LIBRARIES) as Ambient[];
  const own = new Set(
    parsed.module.staticImports.flatMap(({ entries }) => entries.map(({ localName }) => localName.value)),
  );
  const used = new Set<string>();
  walk(parsed.program, (node, parent, key) => {
    if (node.type !== 'Identifier' || typeof node['name'] !== 'string') return;
    if (isBinding(parent, key)) own.add(node['name']);
    else if (!isLabel(parent, key)) used.add(node['name']);
  });
  return names.filter((name) => used.has(name) && !own.has(name));
}

/** Instead of what numpy and the like have and this does not. */
const INSTEAD: Readonly<Record<string, string>> = {
  vectorize: 'write np.array(map(f, x))',
  matrix: 'write np.array([[1, 2], [3, 4]])',
  loadtxt: "write pd.read_csv(read_file('x.csv'))",
  Timedelta: 'write timedelta({ days: 1 })',
  ExcelWriter: "write df.to_csv() and write_file('x.csv', text)",
  WLS: 'write np.polyfit(x, y, 1, { w })',
  Lasso: 'LinearRegression is there',
  Ridge: 'LinearRegression is there',
};

/** Members of Python's libraries that are not there: today an error when they are reached, perhaps at 14:50. */
export function libraryMembers(parsed: ParseResult): FindingAt[] {
  const wholes = wholesOf(parsed);
  const found = new Map<string, FindingAt>();
  walk(parsed.program, (node) => {
    const member = memberOf(node, wholes);
    if (member === null || found.has(member.shown)) return;
    const { library, name, shown } = member;
    const names: readonly string[] = [...LIBRARY_NAMES[library], ...OBJECTS];
    if (names.includes(name)) return;
    found.set(shown, { level: 'error', code: 'UNDEFINED_NAME', at: node.start, text: textOf(shown, name, names) });
  });
  return [...found.values()];
}

/** What any object has, and members of `datetime` and `time`, which are functions too. */
const OBJECTS = [
  'accumulate',
  'combine',
  'fromisoformat',
  'fromtimestamp',
  'name',
  'now',
  'strptime',
  'strftime',
  'today',
  'toString',
];

function textOf(shown: string, name: string, names: readonly string[]): string {
  const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
  if (instead !== undefined) return `${shown} is not there: ${instead}.`;
  const near = closestName(name, names);
  return `${shown} is not there: ${near === null ? 'docs/python-names.md lists what is.' : `did you mean ${near}?`}`;
}

/** Libraries by the names under which a file knows them as a whole. */
function wholesOf(parsed: ParseResult): Map<string, LibraryName> {
  const wholes = new Map<string, LibraryName>(ambientLibraries(parsed).map((name) => [name, AMBIENT_LIBRARIES[name]]));
  for (const { moduleRequest, entries } of parsed.module.staticImports) {
    const library = libraryOf(moduleRequest.value);
    if (library === null || !(library in PYTHON_MODULES)) continue;
    for (const { importName, localName } of entries) {
      if (importName.name == null) wholes.set(localName.value, library); // default, or * as
    }
  }
  return wholes;
}

function memberOf(
  node: Node,
  wholes: ReadonlyMap<string, LibraryName>,
): { library: LibraryName; name: string; shown: string } | null {
  const { object, property, computed } = node;
  if (node.type !== 'MemberExpression' || computed === true || !isNode(object) || !isNode(property)) return null;
  const whole = object.type === 'Identifier' && typeof object['name'] === 'string' ? object['name'] : '';
  const library = wholes.get(whole);
  if (library === undefined || typeof property['name'] !== 'string') return null;
  return { library, name: property['name'], shown: `${whole}.${property['name']}` };
}
