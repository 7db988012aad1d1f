import { apiEntries, type ApiEntry } from '../../../../../runtime/foreign.ts';
import * as jqdata from '../../../../../runtime/index.ts';
import { JOINQUANT_LIBRARIES } from '../../../../../runtime/libraries/names.ts';
import { encode } from './encode.ts';
import { Blocks } from './frame.ts';
import type { Json, JsonObject } from './json.ts';

/**
 * The API as Python makes its functions of it. `args` in positional order, null = any; what `defaults` does not have is required;
 * `values` are the names that are no functions.
 */
export function apiDescription(): JsonObject {
  const entries = apiEntries();
  const described = new Set(entries.map(({ name }) => name));
  const others = Object.entries(jqdata).filter(([name]) => !described.has(name));
  const functions = others.filter(([, value]) => typeof value === 'function');
  return {
    functions: [...entries.map(functionJson), ...functions.map(([name]) => plainFunction(name))],
    values: others.filter(([, value]) => typeof value !== 'function').map(([name]) => name),
    libraries: JOINQUANT_LIBRARIES,
  };
}

function functionJson({ name, args, parameters, phases, supported, advice }: ApiEntry): JsonObject {
  const defaults = Object.entries(parameters).flatMap(([arg, { fallback }]): [string, Json][] =>
    fallback === null ? [] : [[arg, encode(fallback.value, new Blocks())]],
  );
  return {
    name,
    args,
    defaults: Object.fromEntries(defaults),
    keywordOnly: args.filter((arg) => parameters[arg]?.keywordOnly === true),
    phases,
    supported,
    advice,
  };
}

/** Reads its arguments itself. */
function plainFunction(name: string): JsonObject {
  return { name, args: null, defaults: {}, keywordOnly: [], phases: null, supported: true, advice: null };
}
