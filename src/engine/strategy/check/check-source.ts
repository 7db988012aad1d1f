import type { ParseResult } from 'oxc-parser';
import type { ApiUse } from './api-uses.ts';
import type { Finding } from './finding.ts';
import { AMBIENT_LIBRARIES } from '../../../../runtime/libraries/python-names.ts';
import { libraryMembers } from './library-names.ts';
import { placesIn } from './syntax.ts';
import { trapsIn } from './traps.ts';
import { undefinedNames } from './undefined-names.ts';

/** What the names of the API are, for a reader of sources. */
export interface KnownNames {
  readonly api: ReadonlySet<string>;
  /** Those that are only there to say that they are not supported, with what to do instead. */
  readonly unsupported: ReadonlyMap<string, string>;
}

const AMBIENT: ReadonlySet<string> = new Set(Object.keys(AMBIENT_LIBRARIES));

/** Everything in a file that will not do what its author means, in the order of the file. */
export function checkSource(
  parsed: ParseResult,
  source: string,
  uses: readonly ApiUse[],
  { api, unsupported }: KnownNames,
): Finding[] {
  const place = placesIn(source);
  const found = [
    ...undefinedNames(parsed, api.union(AMBIENT)),
    ...libraryMembers(parsed),
    ...trapsIn(parsed, source),
  ].map(({ at, ...finding }): Finding => ({
    ...finding,
    ...place(at),
  }));
  const told = new Set<string>();
  const refused = uses.flatMap(({ name, line, column }): Finding[] => {
    const advice = unsupported.get(name);
    if (advice === undefined || told.has(name)) return [];
    told.add(name);
    return [{ level: 'error', code: 'UNSUPPORTED', line, column, text: `${name} is not supported. ${advice}` }];
  });
  return [...found, ...refused].toSorted((a, b) => (a.line === b.line ? a.column - b.column : a.line - b.line));
}
