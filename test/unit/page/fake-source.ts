import { BtError } from '../../../src/domain/errors.ts';
import type { PageSource } from '../../../src/page/server/source.ts';
import type { ControlRequest } from '../../../src/platform/control-socket.ts';
import type { LogLine } from '../../../src/status/log-lines.ts';
import type { InstanceStatus, InstanceSummary, StatusQuery } from '../../../src/status/types.ts';
import { fakeStatus } from './fake-status.ts';

/** Instances that a test holds in its hands. */
export class FakeSource implements PageSource {
  readonly docs = new Map<string, InstanceStatus>();
  readonly lines: LogLine[] = [];
  readonly commands: { readonly instance: string; readonly request: ControlRequest }[] = [];
  /** What each reading throws; null = none does. */
  problem: Error | null = null;
  /** What a command answers. */
  answer: (request: ControlRequest) => string | Promise<string> = ({ command }) => `${command} is done`;
  readings = 0;
  readonly #listeners = new Set<(instance: string) => void>();

  constructor(...docs: InstanceStatus[]) {
    for (const doc of docs.length === 0 ? [fakeStatus()] : docs) this.docs.set(doc.instance, doc);
  }

  list(): Promise<readonly InstanceSummary[]> {
    return Promise.resolve(
      [...this.docs.values()].map(({ instance, name, broker, endpoint, clock, running }) => {
        return { instance, name, broker, endpoint, clock, running, problem: null };
      }),
    );
  }

  status(instance: string, query: StatusQuery = {}): Promise<InstanceStatus> {
    this.readings += 1;
    const doc = this.docs.get(instance);
    if (this.problem !== null) return Promise.reject(this.problem);
    const lists = { orders: [], trades: [], triggers: [], signals: [], equity: [], equityDays: [] };
    if (doc !== undefined) return Promise.resolve(query.parts === undefined ? doc : { ...doc, ...lists });
    return Promise.reject(new BtError('NO_INSTANCE', `There is no instance "${instance}".`, { fault: 'config' }));
  }

  log(_instance: string, query: { readonly from?: string; readonly lines?: number } = {}) {
    const from =
      query.from === undefined ? Math.max(0, this.lines.length - (query.lines ?? 1_000)) : Number(query.from);
    return Promise.resolve({ lines: this.lines.slice(from), end: String(this.lines.length) });
  }

  async command(instance: string, request: ControlRequest): Promise<string> {
    this.commands.push({ instance, request });
    return this.answer(request);
  }

  kill(instance: string, values: Readonly<Record<string, string>>): Promise<string> {
    return this.command(instance, { command: 'kill', values });
  }

  changes(listener: (instance: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }

  /** Changes an instance, and says so. */
  change(instance: string, more: Partial<InstanceStatus>): void {
    const doc = this.docs.get(instance);
    if (doc === undefined) throw new Error(`no instance ${instance}`);
    this.docs.set(instance, { ...doc, ...more });
    for (const listener of this.#listeners) listener(instance);
  }

  say(text: string, more: Partial<LogLine> = {}): void {
    const market = '2026-07-06 11:01:12.000';
    this.lines.push({ market, level: 'info', source: 'engine', text, fields: null, ...more });
  }
}
