import { badArgument } from '../../api/arguments.ts';

type Method = (...values: readonly unknown[]) => unknown;

/** Methods take so many values and no more: what numpy takes behind them is refused, not passed over. Options by name are the methods' own. */
export function takesAtMost({ prototype }: { readonly prototype: object }, count: number, names: string): void {
  for (const name of names.split(' ')) {
    const method = Reflect.get(prototype, name) as Method; // each is one of its own
    const limited = function (this: unknown, ...values: readonly unknown[]): unknown {
      if (values.length > count) refuse(name, count, values);
      return Reflect.apply(method, this, values);
    };
    Object.defineProperty(prototype, name, { value: limited, writable: true, configurable: true });
    Object.defineProperty(limited, 'name', { value: name });
  }
}

function refuse(name: string, count: number, values: readonly unknown[]): void {
  if (values.slice(count).every((value) => value === undefined)) return;
  const takes = count === 0 ? 'nothing' : count === 1 ? 'one value' : `${count} values`;
  throw badArgument(`${name}()`, `takes ${takes} here: leave out the rest.`);
}
