import { Gauge, type Registry } from 'prom-client';

/** Steps that a machine does by itself: a commit, a call, bytes to a socket. Seconds. */
export const FAST = [
  0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15,
];
/** What a gateway takes to answer, and how late a task is. */
export const ANSWERS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
/** What a market takes: until an order has ended, or a task has. */
export const LIVES = [0.01, 0.05, 0.1, 0.5, 1, 5, 16, 30, 60, 300, 900, 3_600, 7_200, 14_400];

/** Where an instrument is put. */
export interface In {
  readonly registers: Registry[];
}

/** A gauge without labels begins as 0: what has not been read has no sample instead. */
export function unread(of: In, name: string, help: string): Gauge {
  const gauge = new Gauge({ ...of, name, help });
  gauge.remove({});
  return gauge;
}
