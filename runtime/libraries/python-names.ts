/** Python's own modules and packages, as far as they are answered here: what each exports, by its name in an import. */
export const PYTHON_MODULES = {
  python: words(`
    abs all any bool dict divmod enumerate filter float floordiv fmt format getattr has hasattr int isinstance
    iter len list map max min mod next pow print range repr reversed round set setattr slice sorted str sum tuple
    type zip
  `),
  numpy: words(`
    abs absolute add all allclose amax amin any append arange arctan arctan2 argmax argmin argsort argwhere around
    array array_equal array_split asarray average ceil clip column_stack concatenate convolve corrcoef cos
    count_nonzero cov cumprod cumsum degrees delete diag diff digitize divide dot e empty exp expm1 eye fabs
    fill_diagonal flip floor fmax fmin full full_like gradient histogram hstack hypot in1d Inf inf insert interp
    intersect1d isclose isfinite isin isinf isnan linalg linspace log log10 log1p log2 logical_and logical_not
    logical_or matmul max maximum mean median min minimum mod multiply NAN NaN nan nan_to_num nanargmax nanargmin
    nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile nanstd nansum nanvar ndarray
    negative nonzero ones ones_like outer percentile pi poly1d polyfit polyval power prod ptp quantile radians
    random ravel repeat reshape rint roll round round_ searchsorted setdiff1d sign sin sort sqrt square std
    subtract sum tan tanh tile transpose trunc union1d unique var vstack where zeros zeros_like
  `),
  pandas: words(`
    concat cut DataFrame date_range DatetimeIndex Index isna isnull melt merge MultiIndex notna notnull Panel
    pivot pivot_table qcut read_csv rolling_mean rolling_std Series set_option Timestamp to_datetime to_numeric
  `),
  math: words(`
    acos asin atan atan2 ceil comb copysign cos cosh degrees e exp expm1 fabs factorial floor fmod fsum gcd hypot
    inf isclose isfinite isinf isnan log log10 log1p log2 nan pi pow prod radians sin sinh sqrt tan tanh tau trunc
  `),
  datetime: ['date', 'datetime', 'time', 'timedelta'],
  time: ['sleep', 'strftime', 'time'],
  'statsmodels.api': ['add_constant', 'OLS'],
  'sklearn.linear_model': ['LinearRegression'],
  scipy: ['stats'],
  'scipy.stats': ['linregress', 'pearsonr', 'rankdata', 'spearmanr', 'zscore'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Names that are there without an import, and the library whose default each is. They are loaded by the strategies that use them. */
export const AMBIENT_LIBRARIES = {
  datetime: 'datetime',
  math: 'math',
  np: 'numpy',
  time: 'time',
} as const satisfies Readonly<Record<string, keyof typeof PYTHON_MODULES>>;

export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/u);
}
