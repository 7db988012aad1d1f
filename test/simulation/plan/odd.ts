import type { OddKind, Plan } from './types.ts';

/** Whether a gateway does this at some time of the world. */
export function hasOdd({ odd }: Pick<Plan, 'odd'>, kind: OddKind): boolean {
  return odd.some((each) => each.kind === kind);
}

/** Whether it does so now, virtual ms. */
export function isOdd({ odd }: Pick<Plan, 'odd'>, kind: OddKind, now: number): boolean {
  return odd.some((each) => each.kind === kind && now >= each.from && (each.until === null || now < each.until));
}
