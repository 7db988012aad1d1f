import { isOfThisMachine, readAddress } from '../server-http.ts';
import { badValue, type Settings } from '../settings.ts';

/** Where /metrics and /health are served. */
export interface MetricsSettings {
  readonly host: string;
  readonly port: number;
  /** Null: whoever reaches it may read. */
  readonly token: string | null;
  readonly isLocal: boolean;
}

/** `--metrics`, METRICS_LISTEN and METRICS_TOKEN; null = none are served. Throws BtError BAD_CONFIG (config). */
export function readMetrics(settings: Settings): MetricsSettings | null {
  const given = settings.find({ flag: '--metrics', variables: ['METRICS_LISTEN'] });
  const said = settings.find({ variables: ['METRICS_TOKEN'] });
  // What no header can hold would keep everybody out.
  if (said !== null && !/^[\u0021-\u007e]+$/u.test(said.value))
    throw badValue(said, 'letters, digits and signs, without blanks');
  if (given === null) return null;
  const { host, port } = readAddress(given, '127.0.0.1:9310 or [::1]:9310');
  return { host, port, token: said?.value ?? null, isLocal: isOfThisMachine(host) };
}
