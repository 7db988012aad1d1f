export type Area = 'orders' | 'links' | 'positions' | 'calendar' | 'quantities' | 'operations';

/** A case that cost somebody money or time, or that a strong engine promises: each has a test whose title starts with its id. */
export interface Lesson {
  readonly id: string;
  readonly area: Area;
  /** The case in one line. */
  readonly text: string;
}

const lesson = (id: string, area: Area, text: string): Lesson => ({ id, area, text });

/** A4: what the reference system (BulletTrade 0.9.2) was seen doing wrong. */
const REFERENCE: readonly Lesson[] = [
  lesson(
    'A4-1',
    'orders',
    'The link drops after the order was executed: it is sent again, one call becomes three orders.',
  ),
  lesson('A4-2', 'orders', 'The server’s memory of idempotency keys is short, racy and lost at a restart.'),
  lesson('A4-3', 'links', 'A session answers one request at a time: a query waits behind an order.'),
  lesson('A4-4', 'links', 'A cancel keeps its session for up to 16 s.'),
  lesson('A4-5', 'links', 'A link that is half open is never noticed.'),
  lesson('A4-6', 'links', 'The settings for TLS change nothing at the server.'),
  lesson('A4-7', 'links', 'Order news are announced and never pushed: they must be asked for.'),
  lesson('A4-8', 'calendar', 'After a stall the minutes in between are skipped without a word.'),
  lesson('A4-9', 'orders', 'Orders of one minute are waited for one by one until the minute is gone.'),
  lesson('A4-10', 'orders', 'An order whose submission is not known to have worked is called rejected.'),
  lesson(
    'A4-11',
    'positions',
    'A query of positions that fails reads as no positions, and targets buy everything again.',
  ),
  lesson('A4-12', 'positions', 'Nothing can be sold today (0) reads as everything can be sold.'),
  lesson('A4-13', 'quantities', 'Selling a whole holding leaves its odd tail behind.'),
  lesson(
    'A4-14',
    'quantities',
    'The price cage is measured from the wrong price; convertible bonds get the wrong tick.',
  ),
  lesson('A4-15', 'calendar', 'When the calendar cannot say, a weekday counts as a trading day.'),
  lesson('A4-16', 'calendar', 'There is no previous trading day on the first day of a run.'),
  lesson('A4-17', 'positions', 'Any fund counts as sellable on the day it was bought.'),
  lesson('A4-18', 'links', 'The interval of the heart-beat is a setting that does nothing.'),
];

/** B: what the strong live engines promise, as far as we promise it too. */
const PROMISES: readonly Lesson[] = [
  lesson(
    'B1',
    'orders',
    'Every command ends confirmed, refused for certain, refused by us, or openly unresolved; doubt is never a refusal.',
  ),
  lesson(
    'B2',
    'orders',
    'A start reads orders, trades, cash and positions whole and settles the ledger by them before anything trades.',
  ),
  lesson('B3', 'links', 'While what is known may be old, new orders are refused; cancels and queries stay allowed.'),
  lesson(
    'B4',
    'links',
    'Orders are looked at several times a second while one is in flight, every few seconds otherwise.',
  ),
  lesson('B5', 'positions', 'Cash and positions are read again each half minute, and after each fill.'),
  lesson(
    'B6',
    'positions',
    'Quantity, average price and cash agree with the fills; a fill has the same key after a restart.',
  ),
  lesson('B7', 'positions', 'A report of positions that failed is skipped, never read as flat.'),
  lesson('B8', 'orders', 'An order of unknown fate stays so until positive evidence or the end of the day.'),
  lesson(
    'B9',
    'orders',
    'Dying at any moment is the ordinary way to stop: the next start takes up what the ledger holds.',
  ),
  lesson('B10', 'operations', 'A strategy that hangs does not stop the engine; it alone is ended.'),
  lesson('B11', 'positions', 'Cash, holdings and open orders of before are there when the first hook runs.'),
  lesson('B12', 'operations', 'A lost link is worth an alarm when the exchanges are about to trade, not at night.'),
  lesson('B13', 'operations', 'Real money is traded only after it was allowed in so many words.'),
  lesson(
    'B14',
    'orders',
    'A lost order is searched for with growing pauses, and the search costs little for as long as it lasts.',
  ),
  lesson('B15', 'orders', 'The order’s own id is there first and the venue’s id later; news are understood by either.'),
  lesson('B16', 'orders', 'Fills that come after an order has ended still count.'),
  lesson('B17', 'orders', 'All that is known of an order survives the process.'),
  lesson('B18', 'orders', 'A change is durable before anybody acts on it.'),
  lesson('B19', 'operations', 'Faults are drawn from a seed, and the same seed draws the same faults.'),
  lesson(
    'B20',
    'operations',
    'What the engine needs of a venue is a list of numbered cases that any venue can be held against.',
  ),
];

/** D: what users of neighbouring systems asked for or complained about in public trackers. */
const COMPLAINTS: readonly Lesson[] = [
  lesson('D1', 'orders', 'A batch timed out and was sent again one by one: 100 orders became 200.'),
  lesson('D2', 'orders', 'A remark that was used before brought back another order’s id.'),
  lesson('D3', 'orders', 'An order refused before it reached the counter leaves no row and no news.'),
  lesson('D4', 'orders', '0, False and "-1" mean success here and failure there.'),
  lesson('D5', 'positions', 'Quantities that were missing were filled with 0.'),
  lesson('D6', 'positions', 'An account of the wrong type reads as all zeros without an error.'),
  lesson('D7', 'orders', 'Order types that were not known became plain buys.'),
  lesson('D8', 'links', 'A connection of before the reload went on eating half of the answers.'),
  lesson('D9', 'orders', 'The broker’s rows do not say which strategy an order belongs to.'),
  lesson('D10', 'orders', 'The second order of a loop fails because the first has frozen the cash.'),
  lesson(
    'D11',
    'links',
    'Addresses change and links flap: who may connect is a matter of the key, not of the address.',
  ),
  lesson('D12', 'operations', 'Many documents, and none says what to do first.'),
  lesson(
    'D13',
    'operations',
    'A documented option does not exist; the server answers although its back end is not logged in.',
  ),
  lesson('D14', 'quantities', 'The price comes back empty and every order function is dead.'),
  lesson('D15', 'quantities', 'Odd lots cannot be sold.'),
  lesson('D16', 'calendar', 'Weekly and monthly tasks run again after a restart.'),
  lesson('D17', 'positions', 'Orders placed by hand are not seen.'),
  lesson('D18', 'calendar', 'The same signal is executed twice after a restart.'),
  lesson('D19', 'operations', 'The strategy depends on polling a web site that shuts the door.'),
  lesson('D20', 'links', 'Wanted: a client for a miniQMT on another machine, tolerant of the calls people know.'),
  lesson('D21', 'links', 'After more than a day quotes are live and the trading session is dead.'),
  lesson('D22', 'orders', 'After a restart an earlier order cannot be cancelled.'),
  lesson('D23', 'orders', 'More than 20,000 cancels and resends during the lunch break.'),
  lesson('D24', 'orders', 'After a reconnect all trades of the day come again and are booked again.'),
  lesson('D25', 'orders', 'Orders of before the drop were sent after the reconnect.'),
];

/** D, further ones, each by the issue that tells it. */
const FURTHER: readonly Lesson[] = [
  lesson('D+vnpy#2015', 'links', 'The server restarts and the client stays silent.'),
  lesson('D+freqtrade#11494', 'orders', 'Several robots on one account take each other’s orders for theirs.'),
  lesson('D+freqtrade#4403', 'orders', 'An order that is not found is asked for in an endless loop.'),
  lesson('D+Lean#8326', 'orders', 'An order ends and nobody says why.'),
  lesson('D+nautilus#4958', 'orders', 'An order of unknown fate was called rejected while it was live at the venue.'),
  lesson('D+nautilus#3176', 'orders', 'Each restart placed the orders again.'),
  lesson('D+nautilus#4564', 'orders', 'Two live orders bear one reference.'),
  lesson('D+nautilus#1190', 'positions', 'A position closed by hand is not noticed.'),
  lesson('D+hummingbot#6968', 'orders', 'An order without an id of the exchange is lost.'),
  lesson('D+hummingbot#371', 'orders', 'An order that was called failed is live.'),
  lesson('D+qteasy#263', 'orders', 'An empty queue was taken for a filled order, and the signal came again.'),
  lesson('D+CppCTP#84', 'orders', 'Orders were sent before the reports of a restart had arrived.'),
  lesson('D+akshare#3336', 'calendar', 'The calendar had ended and nobody was told.'),
  lesson('D+easyquant#38', 'calendar', 'Weekends that are worked to make up for holidays counted as trading days.'),
  lesson('D+PanWatch#96', 'calendar', 'Jobs ran by the host’s time zone, at night in Beijing.'),
  lesson('D+easytrader#177', 'links', 'The weekend ends the connection, and on Monday nothing works.'),
  lesson('D+easytrader#446', 'quantities', 'Orders in convertible bonds came out as 0.'),
  lesson('D+easytrader#283', 'orders', 'Two signals met, and a buy was executed as a sell.'),
  lesson('D+easytrader#505', 'positions', 'Right after a cancel the available amounts are wrong.'),
  lesson('D+akquant#173', 'positions', 'Dead orders still count in what is available.'),
  lesson('D+JoinQuant-QMT-Trader', 'quantities', 'At 09:30:00 an order was priced on the book of 9:25.'),
];

export const LESSONS: readonly Lesson[] = [...REFERENCE, ...PROMISES, ...COMPLAINTS, ...FURTHER];

/** Rows without a test, each with the reason; at most six. */
export const EXCUSES: readonly { readonly id: string; readonly reason: string }[] = [];
