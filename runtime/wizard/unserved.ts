import { refused } from './define.ts';

/** Names of the wizard that are known here only to be refused. */

const BILLBOARD = 'Ask get_billboard_list() and compare.';
export const get_long_hu_list = refused('get_long_hu_list', BILLBOARD);
export const in_long_hu_list = refused('in_long_hu_list', BILLBOARD);
export const not_in_long_hu_list = refused('not_in_long_hu_list', BILLBOARD);
export const get_lh_net_cash = refused('get_lh_net_cash', BILLBOARD);

const UNLOCKS = 'Ask get_locked_shares() and add up.';
export const lifting_stock_amount = refused('lifting_stock_amount', UNLOCKS);
export const future_n_days_lifting_stock_amount = refused('future_n_days_lifting_stock_amount', UNLOCKS);

const RATIOS = 'Calculate it from attribute_history().';
export const get_rp = refused('get_rp', RATIOS);
export const get_vol = refused('get_vol', RATIOS);
export const get_vol_ratio = refused('get_vol_ratio', RATIOS);
