import type { Signatures } from './signature.ts';

/** What a table and a Series have in the same words. */

const OPERATORS = ['add', 'sub', 'mul', 'div', 'truediv', 'floordiv', 'mod', 'pow'];
const TURNED = OPERATORS.map((name) => (name === 'truediv' ? 'rdiv' : `r${name}`));
const COMPARED = ['gt', 'ge', 'lt', 'le', 'eq', 'ne'];

/** The same arguments for several methods. */
export function alike(names: readonly string[], text: string): Signatures {
  return Object.fromEntries(names.map((name) => [name, text]));
}

export const ARITHMETIC: readonly string[] = [...OPERATORS, ...new Set(TURNED)];
export const COMPARISONS: readonly string[] = COMPARED;

export const NOTHING: Signatures = alike(
  [
    'keys',
    'items',
    'iteritems',
    'isnull',
    'isna',
    'notnull',
    'notna',
    'abs',
    'not',
    'neg',
    'toJSON',
    'toString',
    'tolist',
    'to_list',
    'unique',
    'first_valid_index',
    'last_valid_index',
  ],
  '',
);

export const SHARED: Signatures = {
  ...NOTHING,
  ...alike(['and', 'or', 'xor'], 'other'),
  ...alike(['isin'], 'values{}'),
  ...alike(['equals', 'combine_first'], 'other'),
  copy: '!deep=true',
  slice: 'start stop step',
  head: 'n',
  tail: 'n',
  sample: '/ n frac replace !weights random_state !axis=0 ignore_index',
  truncate: '/ before after !axis=0 ~copy',
  between_time: 'start_time end_time / !include_start=true !include_end=true inclusive !axis=0',
  at_time: 'time !asof=false !axis=0',
  xs: 'key / axis level drop_level',
  ...alike(['sum', 'prod'], '/ axis skipna level numeric_only min_count'),
  ...alike(['mean', 'median', 'min', 'max', 'skew', 'kurt'], '/ axis skipna level numeric_only'),
  ...alike(['std', 'var', 'sem'], '/ axis skipna level ddof numeric_only'),
  kurt: '/ axis skipna !level numeric_only',
  mad: '/ axis skipna !level',
  ...alike(['any', 'all'], '/ axis bool_only skipna level'),
  ...alike(['idxmin', 'idxmax'], '/ axis skipna numeric_only'),
  describe: '/ percentiles !include !exclude ~datetime_is_numeric',
  ...alike(['cumsum', 'cumprod', 'cummax', 'cummin'], '/ axis skipna'),
  shift: '/ periods freq axis fill_value',
  pct_change: '/ periods fill_method limit !freq axis',
  round: 'decimals{}',
  clip: '/ lower upper axis inplace',
  rank: '/ axis method numeric_only na_option ascending pct',
  fillna: 'value{} / method axis inplace limit !downcast',
  ...alike(['ffill', 'bfill'], '/ axis inplace limit !downcast'),
  interpolate: '/ method axis limit inplace limit_direction !limit_area !downcast',
  replace: 'to_replace{} value / inplace !limit regex !method',
  ...alike(['where', 'mask'], 'cond other{} / inplace axis !level ~errors !try_cast'),
  pipe: 'func *',
  rolling: '/ window min_periods center !win_type on !axis=0 closed !step !method=single',
  expanding: '/ min_periods !center !axis=0 !method=single',
  ewm: '/ com span halflife alpha min_periods adjust ignore_na !axis=0 !times !method=single',
  groupby: 'by{} / !axis=0 level as_index sort group_keys !squeeze=false ~observed dropna',
  resample: 'rule / !axis=0 closed label !convention=start !kind !loffset !base on !level origin offset !group_keys',
  asfreq: 'freq / method !how !normalize=false fill_value',
  unstack: '/ level fill_value',
  droplevel: 'level / axis',
  swaplevel: '/ i j axis ~copy',
  set_axis: 'labels / axis inplace ~copy',
  to_json:
    '/ !path_or_buf orient !date_format=epoch !double_precision !force_ascii=false !date_unit=ms !default_handler !lines=false !compression !index=true !indent !storage_options',
  to_csv:
    '/ !path_or_buf sep na_rep float_format columns header index index_label !mode=w ~encoding !compression !quoting !quotechar !lineterminator !chunksize date_format !doublequote=true !escapechar !decimal=. ~errors !storage_options',
};
