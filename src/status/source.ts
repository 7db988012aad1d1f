import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BtError, errorMessage } from '../domain/errors.ts';
import type { EngineAnswer } from '../domain/status/engine-status.ts';
import { Ledger } from '../ledger/ledger.ts';
import { LEDGER_FILE } from '../ledger/instance-file.ts';
import { callControl, type ControlRequest } from '../platform/control-socket.ts';
import { hasKillFile } from '../platform/kill-file.ts';
import { keepOwnName } from '../platform/own-names.ts';
import { every, wallNow } from '../platform/timers.ts';
import { instanceStatus } from './documents.ts';
import { instanceFacts, instancesUnder, mayRun, TELLING_FILES } from './folders.ts';
import { readLog, type LogPage, type LogQuery } from './log-lines.ts';
import { offlineNow } from './offline-clock.ts';
import type { InstanceStatus, InstanceSummary, StatusQuery } from './types.ts';

/** Wall ms for which an engine is waited for that is only asked how it is. */
const STATUS_TIMEOUT_MS = 2_000;
/** So often it is looked whether something has changed, wall ms. */
const LOOK_MS = 1_000;
/** Of one that runs it is said at least so often, in looks: prices move without a row of the ledger. */
const LOOKS_OF_A_RUN = 5;

/** The instances that a page, a terminal or a metric looks at, and speaks to. */
export interface InstanceSource {
  list(): Promise<readonly InstanceSummary[]>;
  /** Throws NO_INSTANCE, LEDGER_*, STATE_REFUSED. An engine that does not answer is told in the document. */
  status(instance: string, query?: StatusQuery): Promise<InstanceStatus>;
  /** Lines of its log, oldest first. Throws NO_INSTANCE. */
  log(instance: string, query?: LogQuery): Promise<LogPage>;
  /** Has its engine carry out a command; the text is for a person. Throws NO_INSTANCE, NOT_RUNNING, CONTROL_FAILED, and what the engine refuses. */
  command(instance: string, request: ControlRequest): Promise<string>;
  /** Tells the name of an instance of which something may have changed, also of one that came or went. Returns the unsubscriber. */
  changes(listener: (instance: string) => void): () => void;
  /** Ends what looks, and closes what is open. */
  close(): void;
}

/** Where instances are: all of RUNTIME_DIR, or these folders. */
export type Places = { readonly root: string } | { readonly folders: readonly string[] };

interface OpenLedger {
  readonly ledger: Ledger;
  readonly file: string;
}

/** Instances by their folders: from the ledger, read-only, and over the control socket of an engine that runs. */
export class FolderSource implements InstanceSource {
  readonly #places: Places;
  readonly #ledgers = new Map<string, OpenLedger>();
  readonly #watches = new Set<{ cancel(): void }>();

  constructor(places: Places) {
    this.#places = places;
  }

  /** Throws NO_INSTANCE. */
  folder(instance: string): string {
    const found = this.folders().find((folder) => basename(folder) === instance);
    if (found !== undefined) return found;
    const there = this.folders().map((folder) => basename(folder));
    const text = there.length === 0 ? 'there is none' : `there are ${there.join(', ')}`;
    throw new BtError('NO_INSTANCE', `There is no instance "${instance}": ${text}.`, { fault: 'config' });
  }

  folders(): readonly string[] {
    return 'root' in this.#places ? instancesUnder(this.#places.root) : this.#places.folders;
  }

  list(): Promise<readonly InstanceSummary[]> {
    return Promise.all(this.folders().map((folder) => this.#summary(folder)));
  }

  async status(instance: string, query: StatusQuery = {}): Promise<InstanceStatus> {
    const folder = this.folder(instance);
    const facts = instanceFacts(folder);
    const { answer, problem } = await askStatus(folder);
    const ledger = this.#ledger(folder);
    const now = answer?.now ?? offlineNow(facts.clock, ledger, wallNow());
    const document = instanceStatus({ facts, ledger, answer, now, killFile: hasKillFile(folder) }, query);
    keepNames(document);
    return problem === null ? document : { ...document, running: true, problem };
  }

  log(instance: string, query: LogQuery = {}): Promise<LogPage> {
    return readLog(this.folder(instance), query);
  }

  async command(instance: string, request: ControlRequest): Promise<string> {
    const text = await callControl(this.folder(instance), request);
    if (text !== null) return text;
    throw new BtError('NOT_RUNNING', `Nothing runs in ${instance}.`, { fault: 'config' });
  }

  changes(listener: (instance: string) => void): () => void {
    let known = new Map(this.folders().map((folder) => [folder, signature(folder)]));
    let looks = 0;
    const timer = every(LOOK_MS, () => {
      looks += 1;
      const found = new Map(this.folders().map((folder) => [folder, signature(folder)]));
      for (const folder of new Set([...known.keys(), ...found.keys()])) {
        const isDue = looks % LOOKS_OF_A_RUN === 0 && mayRun(folder);
        if (isDue || known.get(folder) !== found.get(folder)) listener(basename(folder));
      }
      known = found;
    });
    this.#watches.add(timer);
    return () => {
      timer.cancel();
      this.#watches.delete(timer);
    };
  }

  close(): void {
    for (const watch of this.#watches) watch.cancel();
    this.#watches.clear();
    for (const { ledger } of this.#ledgers.values()) ledger.close();
    this.#ledgers.clear();
  }

  async #summary(folder: string): Promise<InstanceSummary> {
    try {
      const { instance, name, broker, endpoint, clock } = instanceFacts(folder);
      const { answer, problem } = await askStatus(folder);
      return { instance, name, broker, endpoint, clock, running: answer !== null || problem !== null, problem };
    } catch (error) {
      const instance = basename(folder);
      const facts = { instance, name: instance, broker: '?', endpoint: '?', clock: '?' };
      return { ...facts, running: false, problem: errorMessage(error) };
    }
  }

  /** Kept open: a page asks each second. One that was replaced meanwhile is opened anew. */
  #ledger(folder: string): Ledger {
    const file = fileId(folder);
    const known = this.#ledgers.get(folder);
    if (known !== undefined && known.file === file) return known.ledger;
    known?.ledger.close();
    this.#ledgers.delete(folder);
    const ledger = Ledger.glance(folder);
    this.#ledgers.set(folder, { ledger, file });
    return ledger;
  }
}

/** What an engine says of itself, or why one that runs says nothing; both null = none runs. */
async function askStatus(
  folder: string,
): Promise<{ readonly answer: EngineAnswer | null; readonly problem: string | null }> {
  let text: string | null;
  try {
    text = await callControl(folder, { command: 'status', values: {} }, STATUS_TIMEOUT_MS);
  } catch (error) {
    return { answer: null, problem: errorMessage(error) };
  }
  if (text === null) return { answer: null, problem: null };
  const { ENGINE_ANSWER } = await import('./engine-schema.ts');
  const read = ENGINE_ANSWER.safeParse(parsed(text));
  if (read.success) return { answer: read.data, problem: null };
  return { answer: null, problem: 'the running engine is of another version of bt: use that one to look at it' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fileId(folder: string): string {
  const stat = statSync(join(folder, LEDGER_FILE), { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.dev}:${stat.ino}`;
}

/** Another one whenever anything of the instance has been written. */
function signature(folder: string): string {
  return TELLING_FILES.map((name) => {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    return stat === undefined ? '-' : `${stat.size}.${stat.mtimeMs}`;
  }).join(' ');
}

/** Who shows it is to know what are names. */
function keepNames({ instance, name, engine, orders, triggers }: InstanceStatus): void {
  const tasks = [...orders, ...triggers].map(({ task }) => task);
  for (const own of [instance, name, engine?.strategy?.inTask, ...tasks]) if (own != null) keepOwnName(own);
}
