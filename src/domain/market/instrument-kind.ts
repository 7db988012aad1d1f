import { boardOf, PRICED_IN_CNY } from './board.ts';
import { isRepo, repoTerm } from './repo.ts';
import { parseSecurity } from './symbol.ts';
import type { Exchange } from './symbol.ts';

/** What an order can be planned for; the end of every refusal. */
export const SERVED_KINDS =
  'A shares of Shanghai, Shenzhen and Beijing, listed funds (ETF, LOF), convertible bonds, and lending by repo (204xxx.XSHG, 1318xx.XSHE)';

// Code segments that no board of ours holds, by exchange, [M]; first match wins. Only for the name in a refusal.
const OTHERS: Readonly<Record<Exchange, readonly (readonly [RegExp, string])[]>> = {
  XSHG: [
    [/^000/, 'an index'],
    [/^900/, 'a B share (USD)'],
    [/^519/, 'an open-end fund that is subscribed and redeemed, not traded'],
    [/^(70|71|73|74|75|76|77|78|79)/, 'a subscription or an allotment'],
    [/^360/, 'a preferred share'],
    [/^(201|202|203)/, 'a bond repo of another kind'],
    [/^132/, 'an exchangeable bond'],
    [/^(0[1-9]|1[0-9]|2[0-9])/, 'a bond'],
  ],
  XSHE: [
    [/^(39|98)/, 'an index'],
    [/^20/, 'a B share (HKD)'],
    [/^131/, 'a bond repo of another kind'],
    [/^(03|08|37|38)/, 'a warrant, a subscription or an allotment'],
    [/^140/, 'a preferred share'],
    [/^120/, 'an exchangeable bond'],
    [/^1[0-4]/, 'a bond'],
  ],
  BJSE: [
    [/^899/, 'an index'],
    [/^40|^42/, 'a share of the NEEQ (新三板)'],
    [/^82/, 'a preferred share or a bond'],
    [/^81/, 'a convertible bond of the NEEQ or Beijing'],
  ],
};

/** What a security is when no order can be planned for it, in words; null = it can. BtError BAD_SECURITY when malformed. */
export function unservedKind(security: string): string | null {
  if (isRepo(security)) return repoTerm(security) === null ? 'no repo that exists' : null;
  if (PRICED_IN_CNY.has(boardOf(security))) return null;
  const { exchange, number } = parseSecurity(security);
  const named = OTHERS[exchange].find(([segment]) => segment.test(number));
  return named?.[1] ?? 'a code of no kind that is known here';
}
