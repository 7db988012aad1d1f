import type { DataRequest, DatasetName, ParamsOf } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { query } from '../company/query/answer.ts';
import type { Market } from '../market.ts';
import { finished, isSteps } from '../../domain/steps.ts';
import type { Steps } from '../../domain/steps.ts';
import { billboard } from './billboard.ts';
import { callAuction } from './call-auction.ts';
import { factors, factorValues } from './factors.ts';
import { conceptMembers, concepts, conceptsOf } from './concepts.ts';
import { dividends } from './dividends.ts';
import { extras } from './extras.ts';
import { fundInfo } from './fund-info.ts';
import { dominantFuture, futureContracts } from './futures.ts';
import { indexMembers, indexWeights } from './index-members.ts';
import { industries, industriesOfSecurities, industryMembers } from './industries.ts';
import { lockedShares } from './locked-shares.ts';
import { marginBalances, marginSecurities } from './margin.ts';
import { moneyFlow } from './money-flow.ts';
import { securities, securityInfo } from './securities.ts';
import { ticks } from './ticks.ts';

/** Answers one kind of question from what the market is made of, as it was known at an instant (epoch ms). */
export type Answer<N extends DatasetName> = (
  market: Market,
  params: ParamsOf<N>,
  asOf: number,
) => DataTable | Steps<DataTable>;

type Answers = { readonly [N in DatasetName]?: Answer<N> };

/** Every question the paper market answers: a new one is a file here and a line. */
const ANSWERS: Answers = {
  securities,
  security_info: securityInfo,
  index_members: indexMembers,
  index_weights: indexWeights,
  industries,
  industry_members: industryMembers,
  industries_of: industriesOfSecurities,
  concepts,
  concept_members: conceptMembers,
  concepts_of: conceptsOf,
  extras,
  fund_info: fundInfo,
  dividends,
  future_contracts: futureContracts,
  dominant_future: dominantFuture,
  billboard,
  call_auction: callAuction,
  factor_values: factorValues,
  factors,
  locked_shares: lockedShares,
  margin_balances: marginBalances,
  margin_securities: marginSecurities,
  money_flow: moneyFlow,
  query,
  ticks,
};

/** What the paper market can be asked for. */
export const SERVED: ReadonlySet<DatasetName> = new Set(Object.keys(ANSWERS) as DatasetName[]);

/** In steps: what is asked for by thousands takes seconds. */
export function* answerInSteps(market: Market, request: DataRequest, asOf: number): Steps<DataTable> {
  const answer = ANSWERS[request.dataset] as Answer<DatasetName> | undefined; // its own parameters, by the same name
  if (answer === undefined) throw new TypeError(`the paper market has no ${request.dataset}`);
  const work = answer(market, request.params, asOf);
  return isSteps(work) ? yield* work : work;
}

export function answerOf(market: Market, request: DataRequest, asOf: number): DataTable {
  return finished(answerInSteps(market, request, asOf));
}
