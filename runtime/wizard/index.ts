// `kuanke.wizard`: the building blocks of JoinQuant's strategy wizard under its names.
export * from './filters.ts';
export * from './judges.ts';
export * from './money.ts';
export {
  get_all_avg_cost,
  index_stoploss_diefu,
  index_stoploss_sicha,
  portfolio_max_stoploss,
  portfolio_max_stopprofit,
  portfolio_stoploss,
  portfolio_stopprofit,
  security_stoploss,
  security_stopprofit,
} from './risk.ts';
export * from './sizing.ts';
export * from './unserved.ts';
