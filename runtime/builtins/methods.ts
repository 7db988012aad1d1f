import { pyRepr } from '../text/python-text.ts';
import { valueError } from './errors.ts';
import { LIST_METHODS } from './list-methods.ts';
import { TEXT_METHODS } from './text-methods.ts';
import { walkOver } from './walk-over.ts';

/** Python's methods of a set that JavaScript does not have; `this` is the set. */
const SET_METHODS: Readonly<Record<string, (this: Set<unknown>, ...values: never[]) => unknown>> = {
  remove(item: unknown): void {
    if (!this.delete(item)) {
      throw valueError(
        `set.remove(x): ${pyRepr(item)} is not in the set (KeyError): ask set.has(x), or use discard(x).`,
      );
    }
  },
  discard(item: unknown): void {
    this.delete(item);
  },
  update(items: unknown): void {
    for (const item of walkOver(items, 'set.update()')) this.add(item);
  },
  copy(): Set<unknown> {
    return new Set(this);
  },
};

/**
 * Python's methods on JavaScript's lists, texts and sets, in the strategy's process only: not enumerable, and none takes the place
 * of one that JavaScript has, but for `sort` and `pop` in calls that mean nothing there. A second call changes nothing.
 */
export function installPythonMethods(): void {
  install(Array.prototype, LIST_METHODS);
  install(String.prototype, TEXT_METHODS);
  install(Set.prototype, SET_METHODS);
}

function install(prototype: object, methods: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

// Here, so that the names of a strategy are never without them.
installPythonMethods();
