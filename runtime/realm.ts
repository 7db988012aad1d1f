// What the engine's side of the strategy's process takes from the runtime beside host.ts and index.ts (which is what strategies see).
/** The one context of the process: first argument of every hook and task. Its own enumerable keys are the strategy's. */
export { context } from './objects/context.ts';
export { g } from './objects/g.ts';
/** The second argument of handle_data; made anew for each call. */
export { createBarData } from './objects/bar-data.ts';
/** The second arguments of on_event. */
export { eventsOfToday } from './objects/dividends-event.ts';
/** The second argument of handle_tick. */
export { Tick } from './objects/tick.ts';
/** The attributes of g and context across restarts. */
export { Variables } from './state/variables.ts';
export { restoreSettings } from './state/settings.ts';
/** A kept variable as the value it stands for; why it is not there. */
export { decodeValue, lostReason } from './state/decode.ts';
export { readPythonText } from './state/python-text.ts';
export { speak } from './objects/speak.ts';
