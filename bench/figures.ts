import type { Figure } from './figure.ts';

/** Every figure by its name on the command line, in the order of the table. Each loads only what it measures. */
const FIGURES: Readonly<Record<string, () => Promise<{ readonly figure: Figure }>>> = {
  'round-trips': () => import('./round-trips.ts'),
  'host-call': () => import('./host-call.ts'),
  python: () => import('./python.ts'),
  'durable-record': () => import('./durable-record.ts'),
  'gateway-record': () => import('./gateway-record.ts'),
  bridge: () => import('./bridge.ts'),
  'risk-check': () => import('./risk-check.ts'),
  measuring: () => import('./measuring.ts'),
  'save-state': () => import('./save-state.ts'),
  recording: () => import('./recording.ts'),
  'start-up': () => import('./start-up.ts'),
  status: () => import('./status.ts'),
  check: () => import('./check.ts'),
  memory: () => import('./memory.ts'),
  lateness: () => import('./lateness.ts'),
  'empty-day': () => import('./empty-day.ts'),
  'simulated-year': () => import('./simulated-year.ts'),
  ticks: () => import('./ticks.ts'),
  tables: () => import('./tables.ts'),
  numpy: () => import('./numpy.ts'),
  'market-data': () => import('./market-data.ts'),
  'market-data-prepared': () => import('./market-data-prepared.ts'),
  fundamentals: () => import('./fundamentals.ts'),
  'order-path': () => import('./order-path.ts'),
  follow: () => import('./follow.ts'),
  'order-work': () => import('./order-work.ts'),
  page: () => import('./page.ts'),
  year: () => import('./year.ts'),
  'large-frame': () => import('./large-frame.ts'),
  'dead-channel': () => import('./dead-channel.ts'),
  'book-orders': () => import('./book-orders.ts'),
  'log-flood': () => import('./log-flood.ts'),
  'ledger-recovery': () => import('./ledger-recovery.ts'),
  'dead-link': () => import('./dead-link.ts'),
  'unknown-settled': () => import('./unknown-settled.ts'),
  seeds: () => import('./seeds.ts'),
};

/** These wait far more than they work, and time little: they run side by side. */
export const PATIENT_FIGURES: ReadonlySet<string> = new Set(['memory', 'dead-link', 'unknown-settled']);

export const FIGURE_NAMES: readonly string[] = Object.keys(FIGURES);

/** The names asked for, in the table's order; all when none is. Throws RangeError naming the ones that do not exist. */
export function chosenFigures(asked: readonly string[]): readonly string[] {
  const unknown = asked.filter((name) => !FIGURE_NAMES.includes(name));
  if (unknown.length > 0) {
    throw new RangeError(`No figure ${unknown.join(', ')}. Choose from: ${FIGURE_NAMES.join(', ')}.`);
  }
  return asked.length === 0 ? FIGURE_NAMES : FIGURE_NAMES.filter((name) => asked.includes(name));
}

/** Throws RangeError for a name that does not exist. */
export async function loadFigure(name: string): Promise<Figure> {
  const load = FIGURES[name];
  if (load === undefined) throw new RangeError(`No figure ${name}.`);
  return (await load()).figure;
}
