import type { Columns } from '../column.ts';

/** The first columns of many tables of companies. */
export const COMPANY = {
  id: ['int', null, 'running number'],
  company_id: ['int', null, 'company'],
  company_name: ['text', null, 'name of the company'],
  code: ['text', null, 'security'],
} as const satisfies Columns;

/** The first columns of published statements. */
export const STATEMENT_HEAD = {
  ...COMPANY,
  a_code: ['text', null, 'digits of the A share'],
  b_code: ['text', null, 'digits of the B share'],
  h_code: ['text', null, 'digits of the H share'],
  pub_date: ['day', null, 'published'],
  start_date: ['day', null, 'first day of the period'],
  end_date: ['day', null, 'last day of the period'],
  report_date: ['day', null, 'day of the report'],
  report_type: ['int', null, '0 this period, 1 last period again'],
  source_id: ['int', null, 'source'],
  source: ['text', null, 'source in words'],
} as const satisfies Columns;
