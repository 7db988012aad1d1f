import { BASICS, GROWTH, PER_SHARE } from './basics.ts';
import { CATEGORIES } from './definition.ts';
import type { Category, PriceFactor, PriceFactors } from './definition.ts';
import { DERIVED } from './derived.ts';
import { EMOTION } from './emotion.ts';
import { MOMENTUM } from './momentum.ts';
import { QUALITY } from './quality.ts';
import { RISK } from './risk.ts';
import { STRUCTURE } from './structure.ts';
import { STYLE } from './style.ts';
import { TECHNICAL } from './technical.ts';

/** One factor that the paper market computes. */
export interface Factor extends PriceFactor {
  readonly name: string;
  readonly category: Category;
}

const BY_CATEGORY: Partial<Readonly<Record<Category, PriceFactors>>> = {
  style: STYLE,
  quality: { ...QUALITY, ...STRUCTURE },
  basics: { ...BASICS, ...DERIVED },
  emotion: EMOTION,
  momentum: MOMENTUM,
  pershare: PER_SHARE,
  growth: GROWTH,
  risk: RISK,
  technical: TECHNICAL,
};

/** All of them, by category and name. */
export const FACTORS: readonly Factor[] = (Object.keys(CATEGORIES) as Category[]).flatMap((category) =>
  Object.entries(BY_CATEGORY[category] ?? {}).map(([name, factor]) => ({ name, category, ...factor })),
);

const BY_NAME: ReadonlyMap<string, Factor> = new Map(FACTORS.map((factor) => [factor.name, factor]));

export function factorNamed(name: string): Factor | null {
  return BY_NAME.get(name) ?? null;
}
