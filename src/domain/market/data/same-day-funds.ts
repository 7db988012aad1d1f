/** One kind of fund that may be bought and sold on the same day. */
export interface SameDayFunds {
  readonly kind: 'bond' | 'money' | 'gold' | 'commodity' | 'cross_border';
  /** `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly source: string;
  /** Six-digit codes, separated by blanks; 5… is Shanghai, 1… Shenzhen. */
  readonly codes: string;
}

const SINCE = '2015-01-19';
const SOURCE =
  'both exchanges opened same-day trading for bond, money-market, gold and cross-border ETFs on 2015-01-19; codes: well-known funds [M]';

/**
 * Well-known funds with same-day trading. Published counts of them range from 87 to 266, so this is a list of codes, not of
 * segments: who is missing settles next day, the cautious side. Gold-mining stock funds (517520, 159562 …) are stock funds and settle
 * next day. A broker's closeable amount goes before this list.
 */
export const SAME_DAY_FUNDS: readonly SameDayFunds[] = [
  {
    kind: 'bond',
    validFrom: SINCE,
    source: SOURCE,
    codes:
      '511010 511020 511030 511060 511090 511100 511130 511180 511220 511260 511270 511360 511380 511520 511580 ' +
      '159649 159650 159651 159816 159972',
  },
  {
    kind: 'money',
    validFrom: SINCE,
    source: SOURCE,
    codes:
      '511600 511620 511650 511660 511670 511690 511700 511770 511800 511810 511820 511830 511850 511860 511880 511900 ' +
      '511910 511920 511930 511950 511960 511970 511980 511990 159001 159003 159005',
  },
  {
    kind: 'gold',
    validFrom: SINCE,
    source: SOURCE,
    codes: '518600 518660 518680 518800 518850 518860 518880 518890 159812 159830 159831 159834 159934 159937',
  },
  {
    kind: 'commodity',
    validFrom: '2019-12-05',
    source: 'commodity futures ETFs trade on the same day since the first were listed in December 2019 [M]',
    codes: '159980 159981 159985',
  },
  {
    kind: 'cross_border',
    validFrom: SINCE,
    source: SOURCE,
    codes:
      '510900 513000 513010 513030 513050 513060 513080 513090 513100 513110 513120 513130 513180 513200 513260 513290 ' +
      '513300 513310 513330 513380 513390 513400 513500 513520 513550 513580 513600 513650 513660 513690 513870 513880 513890 513900 ' +
      '159501 159509 159513 159518 159605 159607 159612 159632 159655 159659 159660 159696 159740 159741 159742 159850 159866 159920 ' +
      '159941 159954 159960 162411',
  },
];
