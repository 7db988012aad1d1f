import { areaOf, mayImportFile, mayImportPackage } from './areas.ts';
import { bannedUses } from './bans.ts';
import { importArrows } from './imports.ts';
import { MAX_FILE_LINES, MAX_FUNCTION_LINES, fileLines, functionLengths } from './lengths.ts';
import { lineAt, visits } from './syntax.ts';
import type { SourceFile, Visit } from './syntax.ts';

export type Rule = 'place' | 'import' | 'package' | 'computed-import' | 'ban' | 'file-length' | 'function-length';

export interface Violation {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  /** What it is about: the module, the global, or the function. */
  readonly subject: string;
  readonly text: string;
}

/** Everything in this file that breaks the law of docs/architecture.md. */
export function violations(file: SourceFile, dependencies: ReadonlySet<string>): Violation[] {
  const area = areaOf(file.path);
  if (area === null) return placeViolations(file);
  const all = visits(file);
  return [...importViolations(file, area, all, dependencies), ...banViolations(file, area, all), ...lengths(file, all)];
}

/** Code of the product that stands outside every area would be free of the law. */
function placeViolations({ path }: SourceFile): Violation[] {
  if (!/^(?:src|runtime|strategies|helpers)\//u.test(path)) return [];
  return [{ rule: 'place', path, line: 1, subject: path, text: 'stands in no area of the architecture' }];
}

function importViolations(
  file: SourceFile,
  area: string,
  all: readonly Visit[],
  dependencies: ReadonlySet<string>,
): Violation[] {
  return importArrows(file.path, all).flatMap(({ target, relative, start }): Violation[] => {
    const at = { path: file.path, line: lineAt(file.text, start) };
    if (target === null) {
      return [{ ...at, rule: 'computed-import', subject: 'import', text: 'imports what only running it tells' }];
    }
    if (relative) {
      if (mayImportFile(area, target)) return [];
      return [{ ...at, rule: 'import', subject: target, text: `${area} may not import ${target}` }];
    }
    if (mayImportPackage(area, target, dependencies)) return [];
    return [{ ...at, rule: 'package', subject: target, text: `${area} may not import the module ${target}` }];
  });
}

function banViolations(file: SourceFile, area: string, all: readonly Visit[]): Violation[] {
  return bannedUses(area, all).map(({ name, start }) => ({
    rule: 'ban',
    path: file.path,
    line: lineAt(file.text, start),
    subject: name,
    text: `${name} is not for ${area}`,
  }));
}

function lengths(file: SourceFile, all: readonly Visit[]): Violation[] {
  const found: Violation[] = [];
  const lines = fileLines(file);
  if (lines > MAX_FILE_LINES) {
    const text = `${lines} lines, at most ${MAX_FILE_LINES}`;
    found.push({ rule: 'file-length', path: file.path, line: 1, subject: 'file', text });
  }
  for (const item of functionLengths(file, all).filter((one) => one.lines > MAX_FUNCTION_LINES)) {
    const text = `${item.name} has ${item.lines} lines, at most ${MAX_FUNCTION_LINES}`;
    const line = lineAt(file.text, item.start);
    found.push({ rule: 'function-length', path: file.path, line, subject: item.name, text });
  }
  return found;
}
