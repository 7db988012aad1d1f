import { textsOf } from '../../src/domain/data/table.ts';
import { badArgument } from '../api/arguments.ts';
import { industriesOn } from '../factors/base-values.ts';
import { calc_factors } from '../factors/calc-factors.ts';
import type { Factor } from '../factors/factor.ts';
import { currentHost } from '../host.ts';
import type { Series } from '../objects/frame/types.ts';
import { cell } from '../objects/frame/column/column.ts';
import { COLUMN } from '../objects/frame/store.ts';
import { annualProfits, annualRisk, returnsOf } from './returns.ts';
import type { Returns } from './returns.ts';
import type { Square } from './solver/vectors.ts';

/** The securities of one optimization on a day; what is asked of the market about them is asked once. */
export class Look {
  readonly codes: readonly string[];
  readonly day: string;
  readonly #returns = new Map<number, Returns>();

  constructor(codes: readonly string[], day: string) {
    this.codes = codes;
    this.day = day;
  }

  returns(count: number): Returns {
    const known = this.#returns.get(count) ?? returnsOf(this.codes, this.day, count);
    this.#returns.set(count, known);
    return known;
  }

  profits(count: number): Float64Array {
    return annualProfits(this.returns(count));
  }

  risk(count: number): Square {
    return annualRisk(this.returns(count));
  }

  /** 1 for those that belong, 0 for the others. */
  where(belongs: (code: string) => boolean): Float64Array {
    return Float64Array.from(this.codes, (code) => Number(belongs(code)));
  }

  inIndustries(industries: readonly string[]): Float64Array {
    const members = new Set(
      industries.flatMap((industry) => {
        const params = { industry, day: this.day };
        return textsOf(currentHost().data({ dataset: 'industry_members', params }), 'code');
      }),
    );
    return this.where((code) => members.has(code));
  }

  /** The members of each industry that has some. */
  byIndustry(classification: string): Float64Array[] {
    const industries = industriesOn(classification, this.codes, this.day);
    return [...new Set(industries.values())].map((one) => this.where((code) => industries.get(code) === one));
  }

  ofMarket(market: string): Float64Array {
    return this.where((code) => {
      const type = currentHost().securityInfo(code)?.type ?? '';
      if (type === '') {
        throw badArgument(
          'portfolio_optimizer()',
          `MarketConstraint: nobody knows what kind of security ${code} is: leave it out.`,
        );
      }
      return type === market || (market === 'fund' && !NO_FUNDS.has(type));
    });
  }

  /** The mean of a factor over the last days. */
  factor(factor: Factor, count: number): Float64Array {
    const days = currentHost().tradeDays(null, this.day, count);
    const table = calc_factors(this.codes, [factor], days[0] ?? this.day, this.day)[factor.name];
    if (table === undefined) throw badArgument('portfolio_optimizer()', `factor ${factor.name} gave nothing.`);
    return this.values(table.mean(), `factor ${factor.name}`);
  }

  /** Values of a Series in the order of the securities; BAD_ARGUMENT for one that is missing. */
  values(series: Series, what: string): Float64Array {
    const places = new Map(series.index.tolist().map((label, i): [string, number] => [String(label), i]));
    return Float64Array.from(this.codes, (code) => {
      const place = places.get(code);
      const value = place === undefined ? null : cell(series[COLUMN], place);
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw badArgument(
        'portfolio_optimizer()',
        `${what} has no value of ${code}: give one, or leave the security out.`,
      );
    });
  }
}

const NO_FUNDS: ReadonlySet<string> = new Set(['stock', 'index', 'futures', 'options', 'conbond', 'bond']);
