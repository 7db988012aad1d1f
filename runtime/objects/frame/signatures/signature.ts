import { badArgument, isPlainObject } from '../../../api/arguments.ts';
import { closestName } from '../../../../src/domain/closest-name.ts';
import { pyRepr } from '../../../text/python-text.ts';
import type { AnyFunction, Named } from '../args.ts';

/**
 * The arguments of a method in pandas' order, as words: `axis` is implemented; `!level` is refused (`!sort=true`: unless it says
 * what happens anyway); `~copy` has no effect that our tables could show; `value{}` may be a dict, so that a plain object is its value
 * unless all its keys are arguments. What stands before `/` reaches the method by position, the rest as one options object;
 * with `*` at the end more values may follow.
 */
export type SignatureText = string;

/** Definitions of a class: method → its arguments. */
export type Signatures = Readonly<Record<string, SignatureText>>;

export interface Parameter {
  readonly name: string;
  readonly kind: 'implemented' | 'refused' | 'idle';
  /** What a refused one may say all the same. */
  readonly default: unknown;
  readonly dict: boolean;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  /** How many of them the method takes by position. */
  readonly placed: number;
  readonly rest: boolean;
}

export function readSignature(text: SignatureText): Signature {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const slash = words.indexOf('/');
  const parameters = words.filter((word) => word !== '/' && word !== '*').map(readParameter);
  return { parameters, placed: slash < 0 ? parameters.length : slash, rest: words.includes('*') };
}

function readParameter(word: string): Parameter {
  const [, mark = '', name = '', dict = '', value] = /^([!~]?)(\w+)(\{\})?(?:=(.*))?$/.exec(word) ?? [];
  const kind = mark === '!' ? 'refused' : mark === '~' ? 'idle' : 'implemented';
  return { name, kind, default: value === undefined ? null : readDefault(value), dict: dict !== '' };
}

function readDefault(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}

/**
 * pandas' calling convention for every method: values by position, then one options object. Gives what the method itself is
 * called with. BAD_ARGUMENT for a name it does not have, one given twice, one value too many, and what is refused.
 */
export function boundArguments(method: string, signature: Signature, args: readonly unknown[]): unknown[] {
  let count = args.length;
  while (count > 0 && args[count - 1] === undefined) count -= 1;
  if (count === 0) return [];
  const { parameters, placed, rest } = signature;
  // Where more values may follow, what is not implemented goes by name only.
  const places = rest ? parameters.filter(({ kind }) => kind === 'implemented') : parameters;
  const options = optionsOf(parameters, places, rest, args, count);
  const positional = args.slice(0, options === null ? count : count - 1);
  const more = positional.slice(places.length);
  if (more.length > 0 && !rest) throw badArgument(`${method}()`, tooMany(parameters));
  const values: Record<string, unknown> = {};
  places.forEach(({ name }, i) => {
    if (positional[i] !== undefined) values[name] = positional[i];
  });
  for (const [key, value] of Object.entries(options ?? {})) {
    if (!parameters.some(({ name }) => name === key)) throw unknownArgument(method, key, parameters);
    if (value === undefined) continue;
    if (values[key] !== undefined) throw badArgument(`${method}()`, `got '${key}' twice; give it once.`);
    values[key] = value;
  }
  refuse(method, parameters, values);
  return [...canonical(parameters, placed, values), ...more];
}

/** The last value as options; null when it is a value like the others. */
function optionsOf(
  parameters: readonly Parameter[],
  places: readonly Parameter[],
  rest: boolean,
  args: readonly unknown[],
  count: number,
): Named | null {
  const last = args[count - 1];
  if (!isPlainObject(last) || (rest && count > places.length)) return null;
  const place = places[count - 1];
  if (place?.dict !== true) return last;
  const keys = Object.keys(last);
  const known = keys.every((key) => parameters.some(({ name }) => name === key));
  return known && (keys.length > 0 || count > 1) ? last : null;
}

function refuse(method: string, parameters: readonly Parameter[], values: Named): void {
  for (const parameter of parameters) {
    const value = values[parameter.name];
    if (parameter.kind !== 'refused' || value === undefined || value === null) continue;
    if (Object.is(value, parameter.default)) continue;
    const only = parameter.default === null ? '' : ` only ${pyRepr(parameter.default)} is;`;
    throw badArgument(
      `${method}()`,
      `${parameter.name}=${pyRepr(value)} is not supported;${only} leave '${parameter.name}' out.`,
    );
  }
}

/** Values by position up to the mark, the others as one object, nothing behind the last that was given. */
function canonical(parameters: readonly Parameter[], placed: number, values: Named): unknown[] {
  const own = parameters.filter(({ kind }) => kind === 'implemented');
  const first = parameters.slice(0, placed).map(({ name }) => values[name]);
  const options: Record<string, unknown> = {};
  for (const { name } of own) {
    if (values[name] === undefined || parameters.slice(0, placed).some((one) => one.name === name)) continue;
    options[name] = values[name];
  }
  const all = Object.keys(options).length === 0 ? first : [...first, options];
  while (all.length > 0 && all.at(-1) === undefined) all.pop();
  return all;
}

function tooMany(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return 'takes no arguments.';
  return `takes at most ${parameters.map(({ name }) => name).join(', ')}.`;
}

function unknownArgument(method: string, key: string, parameters: readonly Parameter[]): Error {
  const names = parameters.filter(({ kind }) => kind === 'implemented').map(({ name }) => name);
  const near = closestName(key, names);
  const hint = near === null ? '' : ` Did you mean '${near}'?`;
  const takes = names.length === 0 ? 'it takes none' : `it takes ${names.join(', ')}`;
  return badArgument(`${method}()`, `has no argument '${key}'; ${takes}.${hint}`);
}

/** A function that reads its arguments by a definition, which is read itself when it is first needed: there are hundreds. */
export function signed<F extends AnyFunction | ((...args: never[]) => unknown)>(
  name: string,
  text: SignatureText,
  run: F,
): F {
  const call = run as unknown as AnyFunction;
  let known: { readonly signature: Signature; readonly plain: boolean } | null = null;
  const wrapper = function (this: unknown, ...args: readonly unknown[]): unknown {
    if (args.length === 0) return Reflect.apply(call, this, args);
    const { signature, plain } = (known ??= definitionOf(text));
    // Single values where the method takes them by position are passed on as they are.
    const asGiven = plain && args.length <= signature.placed && args.every(isSingle);
    return Reflect.apply(call, this, asGiven ? args : boundArguments(name, signature, args));
  };
  Object.defineProperty(wrapper, 'name', { value: name });
  return wrapper as unknown as F;
}

/** `plain`: all that it takes by position is implemented. */
function definitionOf(text: SignatureText): { readonly signature: Signature; readonly plain: boolean } {
  const signature = readSignature(text);
  const placed = signature.parameters.slice(0, signature.placed);
  return { signature, plain: placed.every(({ kind }) => kind === 'implemented') };
}

function isSingle(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}

/** Called for each cell of a loop, by position only: they read their one argument themselves. */
const IN_LOOPS: ReadonlySet<string> = new Set(['at', 'iat', 'item', 'tolist', 'includes', 'toString', 'toJSON']);

/** Puts the reading of arguments before every method of a class that has a definition; layer by layer, once. */
export function installSignatures(prototype: object, signatures: Signatures): void {
  for (let layer: object | null = prototype; layer !== null; layer = Object.getPrototypeOf(layer) as object | null) {
    if (!Object.hasOwn(layer, 'constructor') || Object.getPrototypeOf(layer) === null) return;
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(layer))) {
      const method: unknown = property.value;
      const text = Object.hasOwn(signatures, name) ? signatures[name] : undefined;
      if (name === 'constructor' || typeof method !== 'function' || text === undefined || SIGNED.has(method)) continue;
      if (IN_LOOPS.has(name)) continue;
      const wrapper = signed(name, text, method as AnyFunction);
      SIGNED.add(wrapper);
      Object.defineProperty(layer, name, { ...property, value: wrapper });
    }
  }
}

const SIGNED = new WeakSet<object>();

/** The options of a method whose arguments were read by its definition. */
export function given(args: readonly unknown[]): Named {
  return (args[0] ?? {}) as Named;
}
