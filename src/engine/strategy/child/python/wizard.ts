import { g } from '../../../../../runtime/foreign.ts';
import { badMessage } from './decode.ts';
import { isObject } from './json.ts';

type Named = Readonly<Record<string, unknown>>;
/** Calls a function of the wizard by its name. */
type Ask = (name: string, args: readonly unknown[], named: Named) => unknown;

/** What the wizard's functions read of `g` and set in it: Python's own has its values there. */
const OF_G = ['index', 'daily_risk_management', 'risk_management_signal'] as const;

/**
 * A function of the wizard adds to a list of its caller's and sets flags of `g`; both live in Python, so what they have become goes back:
 * `lists` by the place of the argument, `named` by its name.
 */
export function askWizard([name, args, named, kept]: readonly unknown[], ask: Ask): object {
  if (typeof name !== 'string' || !Array.isArray(args) || !isObject(named) || !isObject(kept)) {
    throw badMessage('a call of the wizard');
  }
  const given: readonly unknown[] = args;
  for (const key of OF_G) if (Object.hasOwn(kept, key)) Reflect.set(g, key, kept[key]);
  try {
    const result = ask(`kuanke.wizard.${name}`, given, named);
    const flags = OF_G.filter((key) => Object.hasOwn(g, key)).map((key) => [key, Reflect.get(g, key)]);
    return {
      result,
      lists: given.map(listOrNull),
      named: Object.fromEntries(Object.entries(named).map(([key, value]) => [key, listOrNull(value)])),
      g: Object.fromEntries(flags) as object,
    };
  } finally {
    for (const key of OF_G) if (Object.hasOwn(g, key)) Reflect.deleteProperty(g, key);
  }
}

function listOrNull(value: unknown): unknown {
  return Array.isArray(value) ? value : null;
}
