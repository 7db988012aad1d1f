import { closestName } from '../../src/domain/closest-name.ts';
import { BtError } from '../../src/domain/errors.ts';
import { PROBES } from './probes.ts';

/** Names of an object's members, its own and those of its classes. */
export function memberNames(object: object): string[] {
  const names = new Set<string>(Object.getOwnPropertyNames(object));
  for (let layer: unknown = Object.getPrototypeOf(object); typeof layer === 'object' && layer !== null;) {
    if (!Object.hasOwn(layer, 'constructor') || Object.getPrototypeOf(layer) === null) break; // a door, or Object itself
    for (const name of Object.getOwnPropertyNames(layer)) names.add(name);
    layer = Object.getPrototypeOf(layer);
  }
  for (const name of ['constructor', 'toString', 'toJSON', 'valueOf']) names.delete(name);
  return [...names].filter((name) => !PLACE.test(name));
}

/** A place in an array is no name. */
const PLACE = /^-?\d+$/;

/** Attributes of other platforms (PTrade, zipline, RiceQuant), and what JoinQuant calls them. */
export const FOREIGN_ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map([
  ['last_sale_price', ['price', 'last_price']],
  ['cost_basis', ['avg_cost']],
  ['avg_price', ['avg_cost', 'price']],
  ['enable_amount', ['closeable_amount']],
  ['sellable', ['closeable_amount']],
  ['closable', ['closeable_amount']],
  ['quantity', ['total_amount', 'amount']],
  ['market_value', ['value', 'positions_value']],
  ['order_book_id', ['security']],
  ['symbol', ['security']],
  ['sid', ['security']],
  ['limit_up', ['high_limit']],
  ['limit_down', ['low_limit']],
  ['up_limit', ['high_limit']],
  ['down_limit', ['low_limit']],
  ['last', ['last_price']],
  ['suspended', ['paused']],
]);

/** ` Did you mean 'close'?` when a name is near, or another platform's for one of these; empty otherwise. */
export function nearHint(name: string, names: readonly string[]): string {
  const known = FOREIGN_ATTRIBUTES.get(name)?.find((one) => names.includes(one));
  const near = known ?? closestName(name, names);
  return near === null ? '' : ` Did you mean '${near}'?`;
}

const SHOWN = 24;

function noAttribute(what: string, name: string, names: readonly string[]): BtError {
  const known = names.slice(0, SHOWN).join(', ');
  const more = names.length > SHOWN ? ', …' : '';
  return new BtError(
    'ATTRIBUTE_ERROR',
    `AttributeError: ${what} has no attribute '${name}'.${nearHint(name, names)} It has: ${known}${more}.`,
    { fault: 'strategy', details: { name } },
  );
}

/**
 * Ends the prototype chain of a class: a name that is no member throws ATTRIBUTE_ERROR, as in Python, and suggests the near one.
 * Members are found before it and cost nothing more. `'x' in object` asks without an error.
 */
export function strictMembers(type: { readonly prototype: object }, what: string): void {
  let top = type.prototype;
  for (let up: unknown = Object.getPrototypeOf(top); up !== Object.prototype; up = Object.getPrototypeOf(top)) {
    if (typeof up !== 'object' || up === null || !Object.hasOwn(up, 'constructor')) return; // another door is there already
    top = up;
  }
  Object.setPrototypeOf(top, strictDoor(what));
}

/**
 * The same for a class of arrays, whose other members stay those of the array it extends: between the two stands a Proxy that looks
 * like the latter, so that a place, `length` and the members of `type` are found before it.
 */
export function strictArray(type: { readonly prototype: object }, what: string): void {
  const base = Object.getPrototypeOf(type.prototype) as object; // a class of arrays extends one
  const door = new Proxy(base, {
    get(_, key, receiver: object) {
      if (typeof key === 'symbol' || key in base || PLACE.test(key) || PROBES.test(key)) {
        const value: unknown = Reflect.get(base, key, receiver);
        return value;
      }
      throw noAttribute(what, key, memberNames(receiver));
    },
    getPrototypeOf: () => base,
  });
  Object.setPrototypeOf(type.prototype, door);
}

/** The values as an object on which a name that it does not have throws; frozen. */
export function strictObject<T extends object>(values: T, what: string): Readonly<T> {
  const made: T = Object.assign(Object.create(strictDoor(what)) as T, values); // the same members
  return Object.freeze(made);
}

function strictDoor(what: string): object {
  return new Proxy(Object.prototype, {
    get(target, key, receiver: object) {
      if (typeof key === 'symbol' || key in target || PROBES.test(key)) {
        const value: unknown = Reflect.get(target, key);
        return value;
      }
      throw noAttribute(what, key, memberNames(receiver));
    },
  });
}
