import { describe, expect, it } from 'vitest';
import { classTable, LOOKS } from '../../../../../../src/engine/strategy/child/python/class-table.ts';

/** Every getter of a class and of those it extends. */
function gettersOf(prototype: object): string[] {
  const found: string[] = [];
  for (let layer: unknown = prototype; typeof layer === 'object' && layer !== null;) {
    if (!Object.hasOwn(layer, 'constructor')) break; // the door that throws for misspelt names
    const own = Object.entries(Object.getOwnPropertyDescriptors(layer));
    found.push(...own.flatMap(([name, how]) => (how.get === undefined || name === '__proto__' ? [] : [name])));
    layer = Object.getPrototypeOf(layer);
  }
  return [...new Set(found)];
}

describe('the table of classes', () => {
  const classes = Object.entries(LOOKS).flatMap(([name, { type, kinds }]) =>
    type === null ? [] : [{ name, type, kinds }],
  );

  it.each(classes)('has a kind for each attribute of $name', ({ type, kinds }) => {
    const missing = gettersOf(type.prototype).filter((name) => !Object.hasOwn(kinds, name));
    expect(missing).toEqual([]);
  });

  it.each(classes)('has no attribute that $name does not have', ({ type, kinds }) => {
    const getters = gettersOf(type.prototype);
    // Styles hold fields, not getters.
    const unknown = Object.keys(kinds).filter((name) => getters.length > 0 && !getters.includes(name));
    expect(unknown).toEqual([]);
  });

  it('refers only to attributes and classes that are there', () => {
    for (const { kinds } of Object.values(LOOKS)) {
      for (const kind of Object.values(kinds)) {
        if (kind.startsWith('=')) expect(Object.keys(kinds)).toContain(kind.slice(1));
        if (kind.startsWith('list:')) expect(Object.keys(LOOKS)).toContain(kind.slice('list:'.length));
      }
    }
  });

  it('tells Python attributes in the order of their values', () => {
    expect(classTable()['Dividend']).toEqual([
      ['date', 'date'],
      ['scale_factor', 'float'],
      ['bonus_pre_tax', 'float'],
      ['bonus_post_tax', 'float'],
    ]);
  });
});
