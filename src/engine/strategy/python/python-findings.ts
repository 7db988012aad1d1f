import { API_NAMES } from '../../../../runtime/api/names.ts';
import { UNSUPPORTED } from '../../../../runtime/api/unsupported.ts';
import { JOINQUANT_LIBRARIES, LIBRARY_NAMES, libraryOf } from '../../../../runtime/libraries/names.ts';
import { closestName } from '../../../domain/closest-name.ts';
import type { SourceFinding } from '../types.ts';
import type { Python } from './interpreter.ts';
import type { NamedPlace, PythonReport } from './python-report.ts';

/** Packages whose name in an import is not the one they are installed by. */
const INSTALLED_AS: Readonly<Record<string, string>> = {
  sklearn: 'scikit-learn',
  talib: 'TA-Lib',
  cv2: 'opencv-python',
  PIL: 'pillow',
  yaml: 'pyyaml',
};

/** Databases that Python knows by name, to refuse them: `_REFUSED` in api.py. */
export const REFUSED_DATABASES: ReadonlySet<string> = new Set(['jy', 'gta', 'opt', 'bond', 'sup']);
const NO_DATABASE = 'Its tables are not served: use finance and macro.';

/** Everything in a script that will not do what its author means, in the order of its files. */
export function findingsOf(report: PythonReport, python: Python): readonly SourceFinding[] {
  const api = new Set<string>(API_NAMES);
  const missing = report.missing.map(({ module, ...at }) => ({
    ...at,
    ...finding('PACKAGE_MISSING', missingText(module, python)),
  }));
  const found = [...report.findings, ...missing, ...undefinedNames(report, api), ...unsupported(report)];
  const order = new Map(report.files.map(({ path }, i) => [path, i]));
  const rank = (one: SourceFinding): number => (order.get(one.file) ?? 0) * 1e9 + one.line * 1e4 + one.column;
  return found.toSorted((a, b) => rank(a) - rank(b));
}

function finding(code: string, text: string): Pick<SourceFinding, 'level' | 'code' | 'text'> {
  return { level: 'error', code, text };
}

function missingText(module: string, { path, version }: Python): string {
  const name = Object.hasOwn(INSTALLED_AS, module) ? (INSTALLED_AS[module] ?? module) : module;
  return `Python ${version} has no package ${module}: install it (${path} -m pip install ${name}), or name a Python that has it with --python.`;
}

/** Names that neither the script, nor Python, nor the API knows. */
function undefinedNames({ undefined: free, stars }: PythonReport, api: ReadonlySet<string>): SourceFinding[] {
  return free.flatMap(({ name, ...at }): SourceFinding[] => {
    if (
      api.has(name) ||
      REFUSED_DATABASES.has(name) ||
      stars.some(({ module, file }) => file === at.file && exports(module, name))
    )
      return [];
    const near = closestName(name, [...api]);
    const advice = near === null ? 'define it, or import it.' : `did you mean ${near}?`;
    return [{ ...at, ...finding('UNDEFINED_NAME', `${name} is not defined: ${advice}`) }];
  });
}

function exports(module: string, name: string): boolean {
  const library = libraryOf(module);
  return (
    library !== null &&
    JOINQUANT_LIBRARIES.includes(library) &&
    (LIBRARY_NAMES[library] as readonly string[]).includes(name)
  );
}

/** Each where it is used first. */
function unsupported({ names, undefined: free }: PythonReport): SourceFinding[] {
  const told = new Set<string>();
  return [...names, ...free].flatMap(({ name, ...at }: NamedPlace): SourceFinding[] => {
    const [owner = ''] = name.split('.', 1);
    const own = REFUSED_DATABASES.has(owner) ? owner : name.slice(name.lastIndexOf('.') + 1);
    const advice = own === owner && REFUSED_DATABASES.has(own) ? NO_DATABASE : UNSUPPORTED.get(own);
    if (advice === undefined || told.has(own)) return [];
    told.add(own);
    return [{ ...at, ...finding('UNSUPPORTED', `${own} is not supported. ${advice}`) }];
  });
}
