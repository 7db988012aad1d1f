// The module `pandas` of a strategy: what it uses of pandas, by the same names as `pd`.
import { pd } from '../objects/frame/pandas.ts';

export const {
  DataFrame,
  DatetimeIndex,
  Index,
  MultiIndex,
  Panel,
  Series,
  Timestamp,
  concat,
  cut,
  date_range,
  isna,
  isnull,
  melt,
  merge,
  notna,
  notnull,
  pivot,
  pivot_table,
  qcut,
  read_csv,
  rolling_mean,
  rolling_std,
  set_option,
  to_datetime,
  to_numeric,
} = pd;
export default pd;
