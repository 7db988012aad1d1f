// The module `time` of a strategy, and `time`.
import { time } from './time-of-day.ts';

export { sleep } from '../objects/datetime/python-datetime.ts';
export { seconds as time, strftime } from './time-of-day.ts';
export default time;
