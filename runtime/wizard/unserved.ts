import { refusal } from '../refusal.ts';

/** Names of the wizard that are known here only to be refused. */

const BILLBOARD = 'Ask get_billboard_list() and compare.';
export const get_long_hu_list = refusal('get_long_hu_list', BILLBOARD);
export const in_long_hu_list = refusal('in_long_hu_list', BILLBOARD);
export const not_in_long_hu_list = refusal('not_in_long_hu_list', BILLBOARD);
export const get_lh_net_cash = refusal('get_lh_net_cash', BILLBOARD);

const UNLOCKS = 'Ask get_locked_shares() and add up.';
export const lifting_stock_amount = refusal('lifting_stock_amount', UNLOCKS);
export const future_n_days_lifting_stock_amount = refusal('future_n_days_lifting_stock_amount', UNLOCKS);

const RATIOS = 'Calculate it from attribute_history().';
export const get_rp = refusal('get_rp', RATIOS);
export const get_vol = refusal('get_vol', RATIOS);
export const get_vol_ratio = refusal('get_vol_ratio', RATIOS);
