import { PYTHON_MODULES, words } from './python-names.ts';

/**
 * JoinQuant's libraries beside `jqdata`, and Python's, each with what it exports: what the loader needs to know to build a strategy that
 * imports one. They are loaded by the strategies that do. A test holds each list against its module.
 */
export const LIBRARY_NAMES = {
  talib: words(`
    AD ADD ADOSC ADX ADXR APO AROON AROONOSC ATAN ATR AVGPRICE BBANDS BETA BOP CCI CEIL CMO CORREL DEMA DIV DX EMA
    EXP FLOOR HT_TRENDLINE KAMA LINEARREG LINEARREG_ANGLE LINEARREG_INTERCEPT LINEARREG_SLOPE LN LOG10 MA MACD
    MACDEXT MACDFIX MAX MAXINDEX MA_Type MEDPRICE MFI MIDPOINT MIDPRICE MIN MININDEX MINMAX MINUS_DI MINUS_DM MOM
    MULT NATR OBV PLUS_DI PLUS_DM PPO ROC ROCP ROCR ROCR100 RSI SAR SMA SQRT STDDEV STOCH STOCHF STOCHRSI SUB SUM
    T3 TEMA TRANGE TRIMA TRIX TSF TYPPRICE ULTOSC VAR WCLPRICE WILLR WMA
  `),
  ...PYTHON_MODULES,
  jqlib: ['alpha101', 'alpha191', 'optimizer', 'technical_analysis'],
  jqfactor: words(`
    Factor calc_factors get_all_factors get_factor_kanban_values get_factor_values neutralize standardlize winsorize
    winsorize_med
  `),
  'jqlib.technical_analysis': words(`
    ACCER ADTM ALLIGAT AMO AMV AROON ATR BBI BBIBOLL BDZX BIAS BIAS_36 BIAS_QL BRAR Bollinger_Bands CCI CCL
    CDP_STD CFJT CHO CJDX CR CYE CYF CYHT CYR CYS CYW DBLB DBQR DBQRV DKX DMA DMI DPO EMA EMV ENE EXPMA FSL GDX
    HMA HSL JAX JFZX JLHB JS JYJL KD KDJ LB LHXJ LMA LWR LYJH MA MACD MARSI MASS MFI MIKE MTM OBV OSC PBX PCNT PSY
    PUCU QACD QR RAD ROC RSI SG_LB SG_PF SG_SMX SHT SKDJ SMA TAPI TBP_STD TRIX UDL UOS VMA VMACD VOL VPT VR VRSI
    WR WVAD XDT XS XS2 ZBCD ZLMM ZSDB ZX
  `),
  'kuanke.wizard': words(`
    ATR_judge_dayu ATR_judge_qujian ATR_judge_xiaoyu BBands_lowerband_judge_dayu BBands_lowerband_judge_qujian
    BBands_lowerband_judge_xiaoyu BBands_middleband_judge_dayu BBands_middleband_judge_qujian
    BBands_middleband_judge_xiaoyu BBands_upperband_judge_dayu BBands_upperband_judge_qujian
    BBands_upperband_judge_xiaoyu CCI_judge_dayu CCI_judge_qujian CCI_judge_xiaoyu EMA_judge_dayu EMA_judge_duotou
    EMA_judge_jincha EMA_judge_kongtou EMA_judge_qujian EMA_judge_sicha EMA_judge_xiaoyu MACD_judge_duotou
    MACD_judge_jincha MACD_judge_kongtou MACD_judge_sicha MA_MONEY_judge_dayu MA_MONEY_judge_duotou
    MA_MONEY_judge_jincha MA_MONEY_judge_kongtou MA_MONEY_judge_qujian MA_MONEY_judge_sicha MA_MONEY_judge_xiaoyu
    MA_VOLUME_judge_dayu MA_VOLUME_judge_duotou MA_VOLUME_judge_jincha MA_VOLUME_judge_kongtou MA_VOLUME_judge_qujian
    MA_VOLUME_judge_sicha MA_VOLUME_judge_xiaoyu MA_judge_dayu MA_judge_duotou MA_judge_jincha MA_judge_kongtou
    MA_judge_qujian MA_judge_sicha MA_judge_xiaoyu RSI_judge_dayu RSI_judge_qujian RSI_judge_xiaoyu
    financial_data_filter_dayu financial_data_filter_qujian financial_data_filter_xiaoyu
    future_n_days_lifting_stock_amount get_all_avg_cost get_lh_net_cash get_long_hu_list get_n_day_chg get_rp
    get_sort_dataframe get_vol get_vol_ratio in_long_hu_list index_stoploss_diefu index_stoploss_sicha ipo_days_dayu
    ipo_days_qujian ipo_days_xiaoyu judge_security_max_proportion lifting_stock_amount limit_filter
    max_buy_value_or_amount max_hold_days money_flow_dayu money_flow_qujian money_flow_xiaoyu n_day_chg_dayu
    n_day_chg_qujian n_day_chg_xiaoyu not_in_long_hu_list not_sell_in_n_days order_style per_limit_filter
    portfolio_max_stoploss portfolio_max_stopprofit portfolio_stoploss portfolio_stopprofit security_stoploss
    security_stopprofit sell_by_amount_or_percent_or_none situation_filter_dayu situation_filter_dayu_ma
    situation_filter_qujian situation_filter_qujian_ma situation_filter_xiaoyu situation_filter_xiaoyu_ma
  `),
  'jqlib.alpha101': alphas(101),
  'jqlib.alpha191': alphas(191),
  'jqlib.optimizer': words(`
    AnnualProfitConstraint AnnualStdConstraint BarraConstraint Bound ExposureConstraint IndustriesConstraint
    IndustriesDeviationConstraint IndustryBound IndustryConstraint IndustryDeviationConstraint MarketConstraint
    MaxDrawdownConstraint MaxFactorValue MaxProfit MaxScore MaxSharpeRatio MinFactorValue MinScore MinTrackingError
    MinVariance RatioConstraint RiskParity TrackingErrorConstraint TurnoverConstraint WeightConstraint
    WeightEqualConstraint portfolio_optimizer
  `),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LibraryName = keyof typeof LIBRARY_NAMES;

/** Those that a script in Python has from us too; the modules of Python's it has of its own. */
export const JOINQUANT_LIBRARIES: readonly LibraryName[] = (Object.keys(LIBRARY_NAMES) as LibraryName[]).filter(
  (name) => !Object.hasOwn(PYTHON_MODULES, name),
);

/** A library by the name in an import: `jqlib/technical_analysis` is `jqlib.technical_analysis`. Null for other modules. */
export function libraryOf(specifier: string): LibraryName | null {
  const name = specifier.replaceAll('/', '.');
  return Object.hasOwn(LIBRARY_NAMES, name) ? (name as LibraryName) : null; // it is one of its keys
}

/** `alpha`, `alpha_001` … */
function alphas(count: number): readonly string[] {
  return ['alpha', ...Array.from({ length: count }, (_, i) => `alpha_${String(i + 1).padStart(3, '0')}`)];
}
