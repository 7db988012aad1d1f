import { errorMessage } from '../../../domain/errors.ts';
import { toQmtCode } from '../../../domain/market/symbol.ts';
import { inTime } from '../../../platform/timers.ts';
import type { TimerSource } from '../../../platform/timers.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { requestFailed } from '../../python.ts';
import type { Downloading, DownloadQuestion, DownloadState } from '../terminal-data.ts';
import { dayStamp } from './bars.ts';
import type { DataBridge } from './data-bridge.ts';

/** Securities in one call: each call has its own end, so that one that stands still is found out. */
const MOST_AT_ONCE = 50;
const MOST_RUNNING = 8;
/** Ended ones that can still be asked for. */
const MOST_KEPT = 100;

const NAMES = { sectors: 'sector_data', index_weights: 'index_weight', holidays: 'holiday_data' } as const;

interface Job {
  readonly key: string;
  state: DownloadState;
  readonly over: Promise<void>;
}

/** Downloads that go on by themselves, with how far they are. */
export class DownloadJobs implements Downloading {
  readonly #bridge: Pick<DataBridge, 'download'>;
  readonly #timers: TimerSource;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<(state: DownloadState) => void>();
  #count = 0;

  constructor(bridge: Pick<DataBridge, 'download'>, timers: TimerSource) {
    this.#bridge = bridge;
    this.#timers = timers;
  }

  start(question: DownloadQuestion): DownloadState {
    const key = JSON.stringify(question);
    const running = [...this.#jobs.values()].filter(({ state }) => state.state === 'running');
    const same = running.find((job) => job.key === key);
    if (same !== undefined) return same.state;
    if (running.length >= MOST_RUNNING) throw requestFailed(`已有 ${running.length} 个下载在进行，请等其中一个完成`);
    this.#count += 1;
    const id = `d${this.#count}`;
    const total = Math.max(1, question.securities.length);
    const state: DownloadState = { id, kind: question.kind, state: 'running', finished: 0, total, error: null };
    const { promise: over, resolve } = Promise.withResolvers<void>();
    this.#jobs.set(id, { key, state, over });
    this.#forgetOld();
    void this.#run(id, question).then(resolve);
    return state;
  }

  of(id: string): DownloadState | null {
    return this.#jobs.get(id)?.state ?? null;
  }

  async settled(id: string, ms: number): Promise<DownloadState | null> {
    const job = this.#jobs.get(id);
    if (job !== undefined && ms > 0) await inTime(this.#timers, ms, job.over, () => undefined);
    return this.of(id);
  }

  onStep(listener: (state: DownloadState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The bridge tells how far one call is; `of`: the download's id with the securities that were done before the call. */
  progress(of: string, progress: JsonObject): void {
    const [id = '', before = '0'] = of.split('/');
    const { finished } = progress;
    if (typeof finished !== 'number' || !Number.isFinite(finished)) return;
    const job = this.#jobs.get(id);
    if (job === undefined || job.state.state !== 'running') return;
    const now = Math.min(job.state.total, Number(before) + Math.max(0, finished));
    // What is told late, or of a call before, does not set it back.
    if (now > job.state.finished) this.#step(id, { finished: now });
  }

  async #run(id: string, question: DownloadQuestion): Promise<void> {
    try {
      for (const [call, args, finished] of callsOf(id, question)) {
        await this.#bridge.download(call, args);
        this.#step(id, { finished });
      }
      this.#step(id, { state: 'done' });
    } catch (error) {
      this.#step(id, { state: 'failed', error: errorMessage(error) });
    }
  }

  #step(id: string, change: Partial<DownloadState>): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    job.state = { ...job.state, ...change };
    for (const listener of this.#listeners) listener(job.state);
  }

  #forgetOld(): void {
    for (const [id, { state }] of this.#jobs) {
      if (this.#jobs.size <= MOST_KEPT) return;
      if (state.state !== 'running') this.#jobs.delete(id);
    }
  }
}

/** Calls of the bridge, each with how many securities are done after it. */
function* callsOf(id: string, question: DownloadQuestion): Generator<readonly [string, JsonObject, number]> {
  const { kind, securities, frequency, tables, start, end } = question;
  if (kind !== 'bars' && kind !== 'financials') {
    yield ['download', { name: NAMES[kind] }, 1];
    return;
  }
  const days = { start: start === null ? '' : dayStamp(start), end: end === null ? '' : dayStamp(end) };
  for (let at = 0; at < securities.length; at += MOST_AT_ONCE) {
    const codes = securities.slice(at, at + MOST_AT_ONCE).map((security) => toQmtCode(security));
    const of = `${id}/${at}`;
    yield kind === 'bars'
      ? ['download_history', { codes, period: frequency, ...days, of }, at + codes.length]
      : ['download_financial', { codes, tables, ...days, of }, at + codes.length];
  }
}
