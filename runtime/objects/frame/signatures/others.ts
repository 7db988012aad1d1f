import { alike, NOTHING } from './shared.ts';
import type { Signatures } from './signature.ts';

/** Every method of an Index. */
export const INDEX: Signatures = {
  ...NOTHING,
  at: 'position',
  slice: 'start stop',
  take: 'indices !axis=0 !allow_fill !fill_value',
  rename: 'name / inplace',
  ...alike(['equals', 'append'], 'other'),
  includes: 'label',
  ...alike(['add', 'sub', 'mul', 'div', 'gt', 'ge', 'lt', 'le', 'eq', 'ne'], 'other'),
  strftime: 'date_format',
  normalize: '',
  get_loc: 'key !method !tolerance',
  isin: 'values / level',
  duplicated: '/ keep',
  unique: '/ level',
  drop_duplicates: '/ keep',
  nunique: '/ dropna',
  argsort: '',
  sort_values: '/ !return_indexer=false ascending na_position key',
  ...alike(['min', 'max'], '/ !axis=0 !skipna=true'),
  ...alike(['union', 'intersection', 'difference'], 'other !sort'),
  get_level_values: 'level',
  droplevel: 'level',
  set_names: 'names / level inplace',
  map: 'mapper{} / na_action',
  to_series: '/ index name',
  to_frame: '/ index name',
};

/** `s.str` */
export const TEXTS: Signatures = {
  contains: 'pat / case !flags=0 na regex',
  match: 'pat / case !flags=0 na',
  ...alike(['startswith', 'endswith'], 'pat / na'),
  ...alike(['lower', 'upper', 'title', 'len', 'isdigit'], ''),
  slice: 'start stop step',
  get: 'i',
  replace: 'pat repl / n case !flags=0 regex',
  ...alike(['strip', 'lstrip', 'rstrip'], 'to_strip'),
  split: 'pat / n !expand=false regex',
  cat: 'others / sep na_rep !join=left',
  zfill: 'width',
  find: 'sub start end',
};

/** `s.dt` */
export const TIMES: Signatures = {
  strftime: 'date_format',
  normalize: '',
  floor: 'freq !ambiguous=raise !nonexistent=raise',
};

/** The functions of `pd`. */
export const MODULE: Signatures = {
  concat: 'objs{} / axis join ignore_index keys !levels names verify_integrity sort ~copy',
  merge: 'left right / how on left_on right_on left_index right_index sort suffixes ~copy indicator validate',
  ...alike(['isnull', 'isna', 'notnull', 'notna'], 'obj'),
  to_datetime:
    'arg{} / errors !dayfirst=false !yearfirst=false !utc=false format !exact=true unit ~infer_datetime_format !origin=unix ~cache',
  to_numeric: 'arg / errors !downcast',
  date_range: '/ start end periods freq !tz normalize name !closed inclusive',
  cut: 'x bins / right labels !retbins=false precision include_lowest duplicates !ordered=true',
  qcut: 'x q / labels !retbins=false precision duplicates',
  read_csv:
    'filepath_or_buffer / sep delimiter header names index_col usecols !squeeze !prefix !mangle_dupe_cols=true dtype ~engine !converters !true_values !false_values !skipinitialspace=false skiprows !skipfooter=0 nrows na_values !keep_default_na=true !na_filter=true ~verbose !skip_blank_lines=true parse_dates ~infer_datetime_format !keep_date_col=false !date_parser !dayfirst=false ~cache_dates !iterator=false !chunksize !compression=infer !thousands !decimal=. !lineterminator !quotechar !quoting=0 !doublequote=true !escapechar !comment ~encoding ~encoding_errors !dialect ~error_bad_lines ~warn_bad_lines ~on_bad_lines !delim_whitespace=false ~low_memory ~memory_map ~float_precision !storage_options',
  pivot_table:
    'data / values index columns aggfunc{} fill_value !margins=false !dropna=true ~margins_name ~observed !sort=true',
  pivot: 'data / index columns values',
  melt: 'frame / id_vars value_vars var_name value_name !col_level ignore_index',
  Index: 'data / dtype ~copy name ~tupleize_cols',
  DatetimeIndex:
    'data / !freq !tz !normalize=false !closed !ambiguous=raise !dayfirst=false !yearfirst=false !dtype ~copy name',
  Timestamp: 'ts_input !freq !tz !unit !year !month !day !hour !minute !second !microsecond !nanosecond !tzinfo !fold',
  rolling_mean: 'arg window',
  rolling_std: 'arg window',
};

/** `pd.MultiIndex` */
export const LEVELS: Signatures = {
  from_tuples: 'tuples / !sortorder names',
  from_arrays: 'arrays / !sortorder names',
  from_product: 'iterables / !sortorder names',
};
