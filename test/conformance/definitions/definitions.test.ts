import { describe, expect, it } from 'vitest';
import '../../../runtime/index.ts';
import '../../../runtime/libraries/jqfactor.ts';
import { ANY_PHASE, apiEntries, RUNNING, type ApiEntry, type Parameter } from '../../../runtime/api/define-api.ts';
import { DEFINITIONS } from './definitions.ts';
import { signatureOf } from './signature.ts';

const supported = apiEntries().filter(({ supported: is }) => is);

describe('the definitions of the API', () => {
  it('are those written down, neither more nor fewer', () => {
    expect(supported.map(signatureOf).toSorted()).toEqual([...DEFINITIONS].toSorted());
  });

  it.each(supported.map((entry) => [entry.name, entry] as const))(
    '%s: no flip of its definition would pass',
    (_, entry) => {
      const flips = flipsOf(entry);
      // Its phases, its number of arguments, and four things of each of them.
      expect(flips.length).toBeGreaterThanOrEqual(2 + 4 * entry.args.length);
      for (const [what, flipped] of flips) expect(DEFINITIONS, what).not.toContain(signatureOf(flipped));
    },
  );
});

type Flip = readonly [what: string, entry: ApiEntry];

/** The entry with one thing changed, for each thing there is. */
function flipsOf(entry: ApiEntry): Flip[] {
  const { name, args, parameters, phases } = entry;
  const extra = 'one_more';
  return [
    [`${name} in other phases`, { ...entry, phases: phases === RUNNING ? ANY_PHASE : RUNNING }],
    [
      `${name} with one argument more`,
      { ...entry, args: [...args, extra], parameters: { ...parameters, [extra]: bare } },
    ],
    ...args.flatMap((arg, at) => argumentFlips(entry, arg, at)),
  ];
}

const bare: Parameter = { read: (value) => value, fallback: null, keywordOnly: false, takesObject: false };

function argumentFlips(entry: ApiEntry, arg: string, at: number): Flip[] {
  const { args, parameters } = entry;
  const parameter = parameters[arg] ?? bare;
  const changed = (change: Partial<Parameter>): ApiEntry => ({
    ...entry,
    parameters: { ...parameters, [arg]: { ...parameter, ...change } },
  });
  const renamed = { ...entry, args: args.with(at, `${arg}_`), parameters: { ...parameters, [`${arg}_`]: parameter } };
  const place = `${entry.name} ${arg}`;
  const flips: Flip[] = [
    [`${place} under another name`, renamed],
    [
      `${place} ${parameter.fallback === null ? 'optional' : 'required'}`,
      changed(parameter.fallback === null ? { fallback: { value: 0 } } : { fallback: null }),
    ],
    [
      `${place} by ${parameter.keywordOnly ? 'position' : 'name only'}`,
      changed({ keywordOnly: !parameter.keywordOnly }),
    ],
    [`${place} and None`, changed({ read: nullFlipped(parameter) })],
  ];
  if (parameter.fallback !== null)
    flips.push([
      `${place} with another default`,
      changed({ fallback: { value: otherThan(parameter.fallback.value) } }),
    ]);
  const next = args[at + 1];
  if (next !== undefined)
    flips.push([`${place} after ${next}`, { ...entry, args: args.with(at, next).with(at + 1, arg) }]);
  return flips;
}

function otherThan(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  return value === null ? 1 : null;
}

/** Takes None where the reader does not, and the other way round. */
function nullFlipped({ read }: Parameter): Parameter['read'] {
  return (value, where) => {
    if (value !== null) return read(value, where);
    let takes = true;
    try {
      read(null, where);
    } catch {
      takes = false;
    }
    if (takes) throw new Error('None');
    return null;
  };
}
