import { expect } from 'vitest';
import { get_current_data, get_price } from 'jqdata';
import { catalogueColumn } from '../../../../src/domain/data/catalogue/index.ts';
import { quote } from '../../runtime/fake-host.ts';
import { A } from './case.ts';
import type { Case } from './case.ts';

/** What the data functions give. */
export const DATA: Readonly<Record<string, Case>> = {
  'history-today': {
    here: {
      "history(2, '1d', 'close', [A]); attribute_history(A, 2); return host.asked.map((each) => each.includeToday)": [
        false,
        false,
      ],
    },
  },
  'history-field': {
    here: {
      'history(2, { security_list: [A] }); return [host.asked[0].fields, host.asked[0].skipPaused]': [['avg'], false],
      'attribute_history(A, 2); return host.asked[0].skipPaused': true,
      'history(2, { security_list: [] }).empty': true,
      'history(3, { security_list: [A], skip_paused: true }).index.to_list()': [0, 1, 2],
    },
  },
  'minute-end': {
    here: {
      "get_price(A, { end_date: '2026-07-03', count: 1, frequency: '1m' }); return host.asked[0].end === date(2026, 7, 3).valueOf()": true,
    },
  },
  adjusted: {
    here: {
      'get_price(A, { count: 1 }); return host.asked[0].adjust': 'pre',
      'get_price(A, { count: 1, fq: null }); return host.asked[0].adjust': 'none',
    },
  },
  'price-of-many': {
    here: {
      "const p = get_price([A], { count: 2, fields: ['close'] }); return p['close'][A].tolist()": [10, 11],
      "get_price([A], { count: 2, fields: ['close'], panel: false }).columns.tolist()": ['time', 'code', 'close'],
      "get_price(A, { count: 2, fields: ['close'] }).columns.tolist()": ['close'],
    },
  },
  'bars-paused': {
    here: { 'get_bars(A, 2); return host.asked[0].skipPaused': true },
    throws: ['BAD_ARGUMENT', 'get_bars(A, 2, { skip_paused: true })'],
  },
  'limit-unknown': {
    here: { 'Number.isNaN(get_current_data()[A].high_limit)': true },
    untold: ['10 >= get_current_data()[A].high_limit', false],
  },
  paused: {
    here: { "get_current_data()['600000.XSHG'].paused": true },
    also: (host) => {
      // Nobody trades at lunch, and nothing has traded yet: that alone is no stop.
      host.quoteViews.set(A, quote(A, { volume: 0, paused: false }));
      expect(get_current_data()[A]?.paused).toBe(false);
    },
  },
  units: {
    also: () => {
      expect(catalogueColumn('valuation', 'market_cap')[1]).toBe('100M CNY');
      expect(catalogueColumn('valuation', 'capitalization')[1]).toBe('10k shares');
    },
  },
  except: {
    also: (host) => {
      host.bars = () => {
        throw new Error('no link');
      };
      expect(() => get_price(A, { count: 1 })).toThrow('no link');
    },
  },
};
