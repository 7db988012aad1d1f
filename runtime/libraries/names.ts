/**
 * JoinQuant's libraries beside `jqdata`, each with what it exports: what the loader needs to know to build a strategy that
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
  jqlib: ['technical_analysis'],
  'jqlib.technical_analysis': words(`
    ACCER ADTM ALLIGAT AMO AMV AROON ATR BBI BBIBOLL BDZX BIAS BIAS_36 BIAS_QL BRAR Bollinger_Bands CCI CCL
    CDP_STD CFJT CHO CJDX CR CYE CYF CYHT CYR CYS CYW DBLB DBQR DBQRV DKX DMA DMI DPO EMA EMV ENE EXPMA FSL GDX
    HMA HSL JAX JFZX JLHB JS JYJL KD KDJ LB LHXJ LMA LWR LYJH MA MACD MARSI MASS MFI MIKE MTM OBV OSC PBX PCNT PSY
    PUCU QACD QR RAD ROC RSI SG_LB SG_PF SG_SMX SHT SKDJ SMA TAPI TBP_STD TRIX UDL UOS VMA VMACD VOL VPT VR VRSI
    WR WVAD XDT XS XS2 ZBCD ZLMM ZSDB ZX
  `),
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type LibraryName = keyof typeof LIBRARY_NAMES;

/** A library by the name in an import: `jqlib/technical_analysis` is `jqlib.technical_analysis`. Null for other modules. */
export function libraryOf(specifier: string): LibraryName | null {
  const name = specifier.replaceAll('/', '.');
  return Object.hasOwn(LIBRARY_NAMES, name) ? (name as LibraryName) : null; // it is one of its keys
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
