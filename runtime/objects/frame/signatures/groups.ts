import { alike, NOTHING } from './shared.ts';
import type { Signatures } from './signature.ts';

/** Every method of `groupby()`. */
export const GROUPS: Signatures = {
  ...NOTHING,
  ...alike(['sum', 'prod'], '/ numeric_only min_count ~engine ~engine_kwargs'),
  mean: '/ numeric_only ~engine ~engine_kwargs',
  median: '/ numeric_only',
  ...alike(['min', 'max', 'first', 'last'], '/ numeric_only min_count ~engine ~engine_kwargs'),
  ...alike(['std', 'var'], '/ ddof ~engine ~engine_kwargs numeric_only'),
  sem: '/ ddof numeric_only',
  skew: '!axis=0 !skipna=true !level !numeric_only',
  count: '',
  size: '',
  nunique: '/ dropna',
  ...alike(['any', 'all'], '/ skipna'),
  nth: 'n !dropna',
  quantile: 'q / interpolation numeric_only',
  ...alike(['idxmin', 'idxmax'], '/ !axis=0 skipna numeric_only'),
  describe: '/ percentiles !include !exclude ~datetime_is_numeric',
  ...alike(['agg', 'aggregate'], 'func{} ~engine ~engine_kwargs *'),
  apply: 'func *',
  pipe: 'func *',
  col: 'name',
  cols: '*',
  value_counts: '/ !subset normalize sort ascending dropna',
  ...alike(['nlargest', 'nsmallest'], 'n / keep'),
  ...alike(['cumsum', 'cumprod'], '!axis=0'),
  ...alike(['cummax', 'cummin'], '!axis=0 !numeric_only=false'),
  shift: '/ periods !freq !axis=0 fill_value',
  diff: '/ periods !axis=0',
  pct_change: '/ periods fill_method limit !freq !axis=0',
  rank: '/ method ascending na_option pct !axis=0',
  ...alike(['ffill', 'bfill'], '/ limit'),
  fillna: 'value{} / method !axis=0 !inplace=false limit !downcast',
  head: 'n',
  tail: 'n',
  cumcount: '/ ascending',
  ngroup: '/ ascending',
  transform: 'func / ~engine ~engine_kwargs *',
  filter: 'func / dropna',
  rolling: '/ window min_periods center !win_type !on !axis=0 closed !step !method=single',
  get_group: 'name !obj',
};

/** What `resample()` has of its own. */
export const STEPS: Signatures = {
  ohlc: '',
  asfreq: '/ method fill_value',
  ...alike(['ffill', 'bfill'], '!limit'),
};

/** Every method of `rolling()` and `expanding()`. */
export const WINDOWS: Signatures = {
  ...alike(['mean', 'sum', 'min', 'max', 'median'], '~numeric_only ~engine ~engine_kwargs'),
  ...alike(['std', 'var'], '/ ddof ~numeric_only ~engine ~engine_kwargs'),
  sem: '!ddof=1 ~numeric_only',
  quantile: 'quantile / interpolation ~numeric_only',
  ...alike(['count', 'skew', 'kurt'], '~numeric_only'),
  apply: 'func / raw ~engine ~engine_kwargs args !kwargs',
  corr: 'other / !pairwise=false !ddof=1 ~numeric_only',
  cov: 'other / !pairwise=false ddof ~numeric_only',
  agg: 'func{}',
  col: 'name',
  cols: '*',
};

/** Every method of `ewm()`. */
export const DECAYS: Signatures = {
  mean: '~numeric_only ~engine ~engine_kwargs',
  ...alike(['var', 'std'], '/ bias ~numeric_only'),
  cov: 'other / !pairwise=false bias ~numeric_only',
  corr: 'other / !pairwise=false ~numeric_only',
};
