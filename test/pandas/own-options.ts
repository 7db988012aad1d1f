/** Arguments under another name here. */
export const REQUIRED_BY_US: Readonly<Record<string, string>> = {};

/** Arguments that pandas does not have, or under another name; test/unit has them. */
export const OURS_ONLY: ReadonlySet<string> = new Set([
  'DataFrame assign new_columns',
  'DataFrame query vars',
  'DataFrame sort_index by',
  'resample asfreq method',
  'Series item key',
]);

/** Arguments that no case can prove, and why. */
export const UNPROVEN: ReadonlyMap<string, string> = new Map([
  ['DataFrame sample random_state', 'other rows than pandas for the same seed'],
  ['Series sample random_state', 'other rows than pandas for the same seed'],
  ['DataFrame all skipna', 'a missing cell counts as true either way'],
  ['Series all skipna', 'a missing cell counts as true either way'],
  ['groupby all skipna', 'a missing cell counts as true either way'],
  ['groupby mean numeric_only', 'pandas leaves texts out whatever is said'],
  ['groupby median numeric_only', 'pandas leaves texts out whatever is said'],
  ['groupby prod numeric_only', 'pandas leaves texts out whatever is said'],
  ['pd Index data', 'the labels; they stand first'],
  ['pd DatetimeIndex data', 'the labels; they stand first'],
  ['pd Timestamp ts_input', 'the time; it stands first'],
  ['DataFrame to_records index', 'pandas gives an array of its own kind'],
]);
