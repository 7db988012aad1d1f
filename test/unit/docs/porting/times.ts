import type { Case } from './case.ts';

/** Days, times and spans. */
export const TIMES: Readonly<Record<string, Case>> = {
  'date-minus-date': {
    here: { 'day.sub(date(2026, 7, 1)).days': 5 },
    throws: ['BAD_OPERATOR', '(day - date(2026, 7, 1)).days'],
  },
  'date-minus-span': {
    here: { 'String(day.sub(timedelta({ days: 1 })))': '2026-07-05' },
    found: ['TIME_ARITHMETIC', 'log.info(g.day - timedelta({ days: 1 }));'],
  },
  'time-in-list': {
    here: { 'has([datetime(2026, 7, 6)], datetime(2026, 7, 6))': true },
    found: ['SAME_TIME', 'log.info(g.times.includes(datetime(2026, 7, 6)));'],
  },
  'date-plus-span': {
    here: { 'String(day.add(timedelta(1)))': '2026-07-07', 'String(at.add(timedelta(1)))': '2026-07-07 09:35:00' },
    throws: ['BAD_OPERATOR', 'day + timedelta(1)'],
  },
  'date-equal': {
    here: {
      'at.date() === day': true,
      '[date(2026, 7, 6)].includes(at.date())': true,
      'new Set([day]).has(date(2026, 7, 6))': true,
      'context.previous_date < day': true,
      'context.previous_date === date(2026, 7, 3)': true,
    },
  },
  'time-equal': {
    here: { 'at.eq(context.current_dt)': true, 'at <= context.current_dt': true },
    found: ['SAME_TIME', 'function f(context) { return g.order.add_time === context.current_dt; } f(1);'],
  },
  'time-in-text': {
    here: { '`at ${at}`': 'at 2026-07-06 09:35:00', "'at ' + at": 'at 2026-07-06 09:35:00' },
  },
  'text-of-time': {
    here: { 'str(at).slice(0, 10)': '2026-07-06', "str(at.time()) === '09:35:00'": true },
    throws: ['SyntaxError', 'str(at)[:10]'],
  },
  strftime: {
    here: {
      "at.strftime('%Y%m%d %H:%M')": '20260706 09:35',
      'at.date().isoformat()': '2026-07-06',
      'at.time().hour': 9,
    },
  },
  replace: {
    here: { 'String(at.replace({ hour: 14, minute: 50 }))': '2026-07-06 14:50:00' },
    found: ['KEYWORD_ARGUMENT', 'function f(context) { return context.current_dt.replace(hour=14); } f(1);'],
  },
  weekday: { here: { 'at.isoweekday() - 1': 0, 'at.date().weekday()': 0 }, throws: ['TypeError', 'at.weekday()'] },
  zone: {
    here: {
      'str(datetime(2026, 7, 6, 9, 30))': '2026-07-06 09:30:00',
      'datetime.datetime(2026, 7, 6, 9, 30).toMillis() === Date.UTC(2026, 6, 6, 1, 30)': true,
      "str(datetime.strptime('20260706', '%Y%m%d').date())": '2026-07-06',
      'DateTime.local(2026, 7, 6, 9, 30).toMillis() === Date.UTC(2026, 6, 6, 1, 30)': true,
      'DateTime.local(1988, 7, 1, 12).toMillis() === Date.UTC(1988, 6, 1, 4)': true,
    },
  },
  now: {
    here: { 'str(context.current_dt)': '2026-07-06 09:35:00', 'isinstance(datetime.now(), datetime)': true },
  },
};
