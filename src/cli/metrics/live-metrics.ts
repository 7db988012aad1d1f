import type { RunListener, RunView } from '../../engine/run-view.ts';
import type { Log } from '../../platform/log.ts';
import type { Meter } from '../../platform/meter.ts';
import { wallNow } from '../../platform/timers.ts';
import type { Broker } from '../../venues/broker.ts';
import type { LivePlan } from '../live-options.ts';
import { packageVersion } from '../package-info.ts';

export interface LiveMetricsOptions {
  readonly plan: Pick<LivePlan, 'broker' | 'metrics' | 'clock'>;
  readonly broker: Pick<Broker, 'onStatus' | 'canPlace'>;
  /** Market time, epoch ms. */
  readonly now: () => number;
  readonly stateFolder: string;
  readonly log: Log;
}

/** The metrics of one run. */
export interface LiveMetrics {
  readonly meter: Meter | null;
  readonly listen: (run: RunView) => RunListener;
}

const NOTHING: LiveMetrics = {
  meter: null,
  listen: () => ({ endDays: () => undefined, end: () => undefined }),
};

/** Opens the door, before the gateway is reached: until the run is ready /health says so. `opened` closes it. Throws LISTEN_FAILED. */
export async function openLiveMetrics(options: LiveMetricsOptions, opened: AsyncDisposableStack): Promise<LiveMetrics> {
  const { plan, broker, log } = options;
  const { metrics: settings } = plan;
  if (settings === null) return NOTHING;
  // Loaded only where somebody asks for it.
  const { createInstruments, addProcessMetrics } = await import('../../metrics/instruments.ts');
  const { openMetricsDoor } = await import('../../metrics/door.ts');
  const { RunMeter } = await import('./run-meter.ts');
  const { readGauges, runHealth } = await import('./scrape.ts');
  const instruments = createInstruments();
  addProcessMetrics(instruments.registry);
  instruments.info.set({ version: packageVersion(), broker: plan.broker, clock: plan.clock.kind }, 1);
  instruments.startTime.set(wallNow() / 1_000);
  const meter = new RunMeter(instruments);
  let run: RunView | null = null;
  opened.defer(broker.onStatus((status) => meter.session(status)));
  const own = log.child('metrics');
  const door = await openMetricsDoor({
    ...settings,
    health: () => runHealth({ run, broker }),
    metrics: async () => {
      await readGauges(instruments, { ...options, run });
      return { type: instruments.registry.contentType, text: await instruments.registry.metrics() };
    },
    log: own,
  });
  opened.defer(() => door.close());
  own.info(`Metrics: http://${shown(settings.host)}:${door.port}/metrics and /health`);
  if (!settings.isLocal && settings.token === null)
    own.warning(`Whoever reaches ${settings.host}:${door.port} reads the account's figures: set METRICS_TOKEN.`);
  return {
    meter,
    listen: (view) => {
      run = view;
      return { endDays: () => undefined, end: view.events.on((event) => meter.hear(event)) };
    },
  };
}

function shown(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
