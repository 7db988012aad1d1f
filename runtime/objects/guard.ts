import { BtError } from '../../src/domain/errors.ts';
import { strictMembers } from './attributes.ts';

/** The error of every write to an object that only reports. */
export function readOnlyError(what: string, key: string): BtError {
  return new BtError(
    'READ_ONLY',
    `${what}.${key} cannot be assigned: it shows the account or the market. Keep values of your own in g.`,
    { fault: 'strategy' },
  );
}

/**
 * Gives each getter of a class a setter that throws READ_ONLY, so that an assignment says what is wrong
 * instead of "has only a getter"; and a name that the class does not have throws ATTRIBUTE_ERROR.
 */
export function guardGetters(type: { readonly prototype: object }, what: string): void {
  const { prototype } = type;
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (property.get === undefined || property.set !== undefined) continue;
    Object.defineProperty(prototype, key, {
      ...property,
      set() {
        throw readOnlyError(what, key);
      },
    });
  }
  strictMembers(type, what);
}

type Constructor = new (...args: never[]) => object;

/** Python has no `new`: the class may be called with and without it. */
export function callable<C extends Constructor>(type: C): C & ((...args: ConstructorParameters<C>) => InstanceType<C>) {
  return new Proxy(type, {
    apply(target, _this, args) {
      return Reflect.construct(target, args);
    },
  }) as C & ((...args: ConstructorParameters<C>) => InstanceType<C>); // the apply trap adds the call signature
}
