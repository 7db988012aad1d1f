import { describe, expect, it } from 'vitest';
import { readSignature } from '../../runtime/objects/frame/signatures/signature.ts';
import { DEFINITIONS } from './definitions.ts';
import { document } from './evaluate.ts';
import { OURS_ONLY, REQUIRED_BY_US, UNPROVEN } from './own-options.ts';

/** Every argument of every method: `DataFrame sum axis`. */
const ALL = Object.entries(DEFINITIONS).flatMap(([type, methods]) =>
  Object.entries(methods).flatMap(([method, text]) =>
    readSignature(text).parameters.map((parameter) => ({ ...parameter, method: `${type} ${method}` })),
  ),
);

const proven = new Set(document.cases.flatMap((example) => example.proves ?? []));

/** pandas' arguments of a method; those that must be given have no `=`. */
function argumentsOf(method: string): readonly string[] {
  return document.arguments[method] ?? [];
}

function nameOf(argument: string): string {
  return argument.replace('=', '');
}

describe('the options of the tables', () => {
  it('knows every argument of pandas, in its order', () => {
    const different = Object.keys(document.arguments).flatMap((method) => {
      const [type = '', name = ''] = method.split(' ');
      const own = readSignature(DEFINITIONS[type]?.[name] ?? '').parameters.map((one) => one.name);
      const theirs = argumentsOf(method).map(nameOf);
      const shared = own.filter((one) => theirs.includes(one));
      const missing = theirs.filter((one) => !own.includes(one) && REQUIRED_BY_US[method] !== one);
      const ordered = theirs.filter((one) => own.includes(one)).join() === shared.join();
      return missing.length === 0 && ordered ? [] : [`${method}: pandas (${theirs.join()}), ours (${own.join()})`];
    });
    expect(different).toEqual([]);
  });

  it('proves by a case each one that it takes: without it pandas gives something else', () => {
    const open = ALL.filter(({ kind, name, method }) => {
      const required = argumentsOf(method).includes(name);
      const option = `${method} ${name}`;
      if (document.arguments[method] === undefined) return false; // a method of our own: test/unit
      return (
        kind === 'implemented' && !required && !proven.has(option) && !OURS_ONLY.has(option) && !UNPROVEN.has(option)
      );
    });
    expect(open.map(({ method, name }) => `${method} ${name}`)).toEqual([]);
  });

  it('has no exception that is not needed', () => {
    const known = new Set(ALL.map(({ method, name }) => `${method} ${name}`));
    const idle = [...OURS_ONLY, ...UNPROVEN.keys()].filter((option) => !known.has(option) || proven.has(option));
    expect(idle).toEqual([]);
  });
});
