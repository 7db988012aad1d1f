import { FRAME } from '../../runtime/objects/frame/signatures/frame.ts';
import { DECAYS, GROUPS, STEPS, WINDOWS } from '../../runtime/objects/frame/signatures/groups.ts';
import { INDEX, LEVELS, MODULE, TEXTS, TIMES } from '../../runtime/objects/frame/signatures/others.ts';
import { SERIES } from '../../runtime/objects/frame/signatures/series.ts';
import type { Signatures } from '../../runtime/objects/frame/signatures/signature.ts';

/** The definitions of every class, under the name by which generate.py calls it. */
export const DEFINITIONS: Readonly<Record<string, Signatures>> = {
  DataFrame: FRAME,
  Series: SERIES,
  Index: INDEX,
  groupby: GROUPS,
  resample: STEPS,
  rolling: WINDOWS,
  ewm: DECAYS,
  str: TEXTS,
  dt: TIMES,
  pd: MODULE,
  MultiIndex: LEVELS,
};

/** `DataFrame sum` of every definition. */
export const METHODS: readonly string[] = Object.entries(DEFINITIONS).flatMap(([type, methods]) =>
  Object.keys(methods).map((method) => `${type} ${method}`),
);
