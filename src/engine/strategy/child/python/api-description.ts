import { apiEntries, type ApiEntry } from '../../../../../runtime/foreign.ts';
import { encode } from './encode.ts';
import { Blocks } from './frame.ts';
import type { Json, JsonObject } from './json.ts';

/** The API as Python makes its functions of it: `args` in positional order; what `defaults` does not have is required. */
export function apiDescription(): JsonObject {
  return { functions: apiEntries().map(functionJson) };
}

function functionJson({ name, args, parameters, supported, advice }: ApiEntry): JsonObject {
  const defaults = Object.entries(parameters).flatMap(([arg, { fallback }]): [string, Json][] =>
    fallback === null ? [] : [[arg, encode(fallback.value, new Blocks())]],
  );
  return {
    name,
    args,
    defaults: Object.fromEntries(defaults),
    keywordOnly: args.filter((arg) => parameters[arg]?.keywordOnly === true),
    supported,
    advice,
  };
}
