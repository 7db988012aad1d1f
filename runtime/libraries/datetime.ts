// The module `datetime` of a strategy, and `datetime`: Python's module and its class in one.
import { datetime } from '../objects/datetime/python-datetime.ts';
import { time } from './time-of-day.ts';

export { date } from '../objects/datetime/date.ts';
export { timedelta } from '../objects/datetime/timedelta.ts';
export { datetime, time };
export default datetime;
