import * as z from 'zod';
import { isDay } from '../../../domain/time.ts';
import { decodeHistory } from '../../../protocol/decode/history.ts';
import { decodeSecurityInfo, decodeTradeDays } from '../../../protocol/decode/reference.ts';
import { decodeTable } from '../../../protocol/decode/table.ts';
import { parseChinaTime } from '../../../domain/time.ts';
import { read } from '../asking.ts';
import { MOST_BARS, MOST_SECURITIES } from '../limits.ts';
import { badRequest } from '../bad-request.ts';
import { HttpProblem } from '../../../net/http/problem.ts';
import { checked, security, wholeText } from '../params.ts';
import { barsTable, instrumentRow, quoteRow } from './rows.ts';
import { route } from './route.ts';
import { BarsTable, InstrumentRow, listOf, QuoteRow } from './schemas.ts';

const codes = z.array(security).min(1).max(MOST_SECURITIES);

/** `a,b,c` */
export const securityList = z
  .string()
  .max(MOST_SECURITIES * 20)
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(codes)
  .meta({ description: `Codes with commas between them, at most ${MOST_SECURITIES}` });

const day = z.string().refine(isDay, 'a day like 2026-07-06').meta({ description: '2026-07-06' });

const instant = z
  .string()
  .refine((text) => parseChinaTime(text) !== null, 'a time like 2026-07-06 or 2026-07-06T09:31:00')
  .meta({ description: 'Shanghai time: 2026-07-06 or 2026-07-06T09:31:00' });

const quotes = route({
  method: 'GET',
  path: '/quotes',
  id: 'getQuotes',
  summary: 'The latest readings, in the order asked for. One that cannot be read fails them all.',
  query: z.strictObject({ securities: securityList }),
  status: 200,
  answer: listOf('quotes', QuoteRow),
  handle: async ({ context, behind, caller, query }) => {
    const ticks = query.securities.map((code) => read(behind, caller, 'data.get_current_tick', { security: code }));
    return context.json({ quotes: (await Promise.all(ticks)).map(quoteRow) });
  },
});

const bars = route({
  method: 'GET',
  path: '/bars',
  id: 'getBars',
  summary: 'Bars of one security: the last ones up to an end, or those between two times.',
  query: z.strictObject({
    security,
    frequency: z.enum(['1m', '5m', '15m', '30m', '60m', '1d']).default('1d'),
    count: wholeText(1, MOST_BARS)
      .optional()
      .meta({ type: 'integer', description: '240 where neither it nor a start is given' }),
    start: instant.optional(),
    end: instant.optional(),
    adjust: z.enum(['pre', 'post', 'none']).default('none'),
  }),
  status: 200,
  answer: BarsTable,
  handle: async ({ context, behind, caller, query }) => {
    const { security: code, frequency, adjust, count, start, end } = query;
    const window = { ...(count === undefined ? {} : { count }), ...(start === undefined ? {} : { start }) };
    const asked = { security: code, frequency, fq: adjust, ...window, ...(end === undefined ? {} : { end }) };
    const found = decodeHistory(await read(behind, caller, 'data.history', asked), code);
    if (found.time.length > MOST_BARS) throw tooMany(found.time.length);
    return context.json(barsTable(found, frequency, adjust));
  },
});

function tooMany(count: number): HttpProblem {
  const message = `${count} bars, and one answer holds ${MOST_BARS}: ask for a shorter time`;
  return badRequest('The query', [{ path: 'start', message }]);
}

const instruments = route({
  method: 'GET',
  path: '/instruments',
  id: 'listInstruments',
  summary: 'Securities by type, those listed on a day or all there ever were.',
  query: z.strictObject({
    types: z.string().max(200).default('stock').meta({ description: 'stock, etf, lof, index, conbond …, with commas' }),
    date: day.optional(),
  }),
  status: 200,
  answer: listOf('instruments', InstrumentRow),
  handle: async ({ context, behind, caller, query }) => {
    const types = query.types.split(',').map((type) => type.trim());
    const asked = { types, ...(query.date === undefined ? {} : { date: query.date }) };
    const table = decodeTable(await read(behind, caller, 'data.get_all_securities', asked));
    const column = (name: string): readonly unknown[] =>
      table.columns.find(({ field }) => field === name)?.values ?? [];
    const names = ['code', 'display_name', 'name', 'type', 'start_date', 'end_date'];
    const [code = [], display = [], name = [], type = [], start = [], end = []] = names.map(column);
    const rows = Array.from({ length: table.rows }, (_, at) =>
      instrumentRow({
        security: String(code[at]),
        displayName: String(display[at]),
        name: String(name[at]),
        type: String(type[at]),
        startDate: dayOrNull(start[at]),
        endDate: dayOrNull(end[at]),
      }),
    );
    return context.json({ instruments: rows });
  },
});

function dayOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const instrument = route({
  method: 'GET',
  path: '/instruments/{security}',
  id: 'getInstrument',
  summary: 'What a security is.',
  status: 200,
  answer: InstrumentRow,
  handle: async ({ context, behind, caller, named }) => {
    const code = checked(security, named('security'), 'The path');
    const info = decodeSecurityInfo(await read(behind, caller, 'data.get_security_info', { security: code }), code);
    if (info === null) throw new HttpProblem(404, 'SECURITY_UNKNOWN', `The gateway knows nothing of ${code}.`);
    return context.json(instrumentRow(info));
  },
});

const tradingDays = route({
  method: 'GET',
  path: '/trading-days',
  id: 'listTradingDays',
  summary: 'Trading days between two days, both included.',
  query: z.strictObject({ start: day, end: day }),
  status: 200,
  answer: listOf('days', z.string()),
  handle: async ({ context, behind, caller, query: { start, end } }) =>
    context.json({ days: decodeTradeDays(await read(behind, caller, 'data.get_trade_days', { start, end })) }),
});

/** What is known of the market. */
export const MARKET_ROUTES = [quotes, bars, instruments, instrument, tradingDays] as const;
