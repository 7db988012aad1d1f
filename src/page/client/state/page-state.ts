import type { InstanceStatus, InstanceSummary } from '../../../status/types.ts';
import type { LogLine, Trouble, Welcome } from '../../wire.ts';

/** What the page knows. It is replaced as a whole at each change. */
export interface PageState {
  readonly phase: 'starting' | 'login' | 'open';
  readonly welcome: Welcome | null;
  readonly instances: readonly InstanceSummary[];
  /** Which is looked at; null = there is none. */
  readonly instance: string | null;
  readonly doc: InstanceStatus | null;
  readonly log: readonly LogLine[];
  /** `lost`: no news come, figures are of before. */
  readonly link: 'connecting' | 'live' | 'lost';
  /** When the last reading came, wall ms; null = none has yet. */
  readonly newsAt: number | null;
  /** The server cannot read the instance. */
  readonly trouble: Trouble | null;
  /** Wall ms, moved on each second: ages are reckoned from it. */
  readonly wall: number;
}

/** Lines of the log that are kept here. */
const MOST_LINES = 2_000;

export const NOTHING: PageState = {
  phase: 'starting',
  welcome: null,
  instances: [],
  instance: null,
  doc: null,
  log: [],
  link: 'connecting',
  newsAt: null,
  trouble: null,
  wall: 0,
};

export function withLines(state: PageState, lines: readonly LogLine[]): PageState {
  return { ...state, log: [...state.log, ...lines].slice(-MOST_LINES) };
}

/** Whether figures are of before, and must not look like those of now. */
export function isStale({ link, trouble }: Pick<PageState, 'link' | 'trouble'>): boolean {
  return link !== 'live' || trouble !== null;
}

/** Which instance to look at: the one that was chosen where it is still there, else one that runs, else the first. */
export function instanceToShow(instances: readonly InstanceSummary[], wanted: string | null): string | null {
  const found =
    instances.find(({ instance }) => instance === wanted) ?? instances.find(({ running }) => running) ?? instances[0];
  return found?.instance ?? null;
}
