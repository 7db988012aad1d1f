import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeptVariable } from '../../../../runtime/host.ts';
import { context, g, Variables } from '../../../../runtime/realm.ts';
import { inText } from '../helpers.ts';

let warnings: string[];
let variables: Variables;

function clear(): void {
  for (const place of [g, context] as object[])
    for (const name of Object.keys(place)) Reflect.deleteProperty(place, name);
}

beforeEach(() => {
  clear();
  warnings = [];
  variables = new Variables((text) => warnings.push(text));
});
afterEach(clear);

/** `part.name=text` of each change. */
function changes(): string[] {
  return variables.changes().map(({ part, name, text }) => `${part}.${name}=${text}`);
}

describe('what is kept', () => {
  it('is what has changed, also deep inside, each variable by itself', () => {
    g['list'] = [1];
    g['n'] = 1;
    context['count'] = 0;
    expect(changes()).toEqual(['g.list=[1]', 'g.n=1', 'context.count=0']);
    expect(changes()).toEqual([]);
    (g['list'] as number[]).push(2);
    expect(changes()).toEqual(['g.list=[1,2]']);
    delete g['n'];
    expect(changes()).toEqual(['g.n=null']);
    expect(changes()).toEqual([]);
  });

  it("has Python's look in a text", () => {
    g['pool'] = ['a', null];
    g['self'] = g;
    expect(inText(g)).toBe("{'pool': ['a', None], 'self': {'pool': ['a', None], 'self': {...}}}");
  });

  it('is nothing of names that begin with __', () => {
    g['__socket'] = () => 1;
    context['__x'] = 1;
    expect([changes(), warnings]).toEqual([[], []]);
  });

  it('comes back, and counts as kept', () => {
    const kept: KeptVariable[] = [
      { part: 'g', name: 'list', text: '[1,{"$":"number","v":"NaN"}]' },
      { part: 'context', name: 'count', text: '7' },
    ];
    variables.restore(kept);
    expect([g['list'], context['count']]).toEqual([[1, Number.NaN], 7]);
    expect(changes()).toEqual([]);
  });
});

describe('what cannot be kept', () => {
  it('is told once with its place, takes the place of what was kept before, and is told after a restart', () => {
    g['plan'] = [1];
    variables.changes();
    g['plan'] = [1, () => 2];
    expect(changes()).toEqual(['g.plan={"$":"lost","v":"g.plan[1] is a function"}']);
    (g['plan'] as unknown[]).push(3);
    expect(changes()).toEqual([]);
    expect(warnings).toEqual([
      'g.plan is not kept for the next start: g.plan[1] is a function. Keep plain data, or make it anew in process_initialize() as g.__plan.',
    ]);
    clear();
    const later = new Variables(() => undefined);
    later.restore([{ part: 'g', name: 'plan', text: '{"$":"lost","v":"g.plan[1] is a function"}' }]);
    expect('plan' in g).toBe(false);
    expect(() => g['plan']).toThrow('It was set before the restart, and not kept: g.plan[1] is a function.');
    expect(later.changes()).toEqual([]); // and stays told at the next one
  });
});

describe('how much is kept', () => {
  const MB = 1024 * 1024;

  it('above 20 MB is warned of once, with the largest', () => {
    g['small'] = 'x';
    g['large'] = 'x'.repeat(20 * MB);
    variables.changes();
    g['small'] = 'y';
    variables.changes();
    expect(warnings).toEqual([
      '20.0 MB are kept for g and context, 30.0 MB are the most: g.large 20.0 MB, g.small 0.0 MB.',
    ]);
  });

  it('is told of at the first task also when all of it was kept before, and again after it was less', () => {
    variables.restore([{ part: 'g', name: 'large', text: `"${'x'.repeat(21 * MB)}"` }]);
    expect(changes()).toEqual([]);
    const text = '21.0 MB are kept for g and context, 30.0 MB are the most: g.large 21.0 MB.';
    expect(warnings).toEqual([text]);
    delete g['large'];
    variables.changes();
    g['large'] = 'x'.repeat(21 * MB);
    variables.changes();
    expect(warnings).toEqual([text, text]);
  });

  it('above 30 MB is refused with the largest named; the next task may have made it smaller', () => {
    g['small'] = 1;
    g['large'] = 'x'.repeat(31 * MB);
    context['other'] = 'x'.repeat(MB);
    expect(() => variables.changes()).toThrow(
      /32\.0 MB to keep, more than 30\.0 MB.*: g\.large 31\.0 MB, context\.other 1\.0 MB/u,
    );
    g['large'] = [];
    expect(changes().map((text) => text.slice(0, 12))).toEqual(['g.small=1', 'g.large=[]', 'context.othe']);
  });
});

describe('g', () => {
  it('throws for a name that was never set, as Python does, and names the nearest', () => {
    g['stocks'] = [];
    expect(() => g['stokcs']).toThrow(
      "AttributeError: g has no attribute 'stokcs'. Did you mean g.stocks? Set it in initialize(), or ask with 'stokcs' in g first.",
    );
    expect(() => g['anything']).toThrow("AttributeError: g has no attribute 'anything'. Set it");
    expect(() => delete g['anything']).toThrow('AttributeError');
  });

  it('can be asked', () => {
    g['nothing'] = undefined;
    expect(['nothing' in g, 'other' in g, Object.hasOwn(g, 'nothing'), g['nothing']]).toEqual([
      true,
      false,
      true,
      undefined,
    ]);
    expect(Object.entries(g)).toEqual([['nothing', undefined]]);
    expect({ ...g }).toEqual({ nothing: undefined });
  });

  it('is what loggers and promises may look at', async () => {
    expect(await Promise.resolve(g)).toBe(g);
    expect(JSON.stringify(g)).toBe('{}');
  });
});
