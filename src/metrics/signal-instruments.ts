import { Counter, Histogram } from 'prom-client';
import { ANSWERS, LIVES, unread, type In } from './make.ts';

/** Of a follower. */
export function signalInstruments(of: In) {
  return {
    signalsEnded: new Counter({
      ...of,
      name: 'bt_signals_total',
      help: 'Signals that have ended, by how.',
      labelNames: ['outcome'],
    }),
    openSignals: unread(of, 'bt_signals_open', 'Signals that have not ended.'),
    signalAge: new Histogram({
      ...of,
      name: 'bt_signal_age_seconds',
      help: "How old signals were when they came, by their senders' clocks.",
      buckets: ANSWERS,
    }),
    signalOrderSeconds: new Histogram({
      ...of,
      name: 'bt_signal_order_seconds',
      help: 'From a signal that was written down to its first order being decided.',
      buckets: LIVES,
    }),
    signalEndSeconds: new Histogram({
      ...of,
      name: 'bt_signal_end_seconds',
      help: 'From a signal that was written down to its end.',
      labelNames: ['outcome'],
      buckets: LIVES,
    }),
  };
}
