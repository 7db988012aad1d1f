import type { FolderSource, InstanceSource } from '../../status/source.ts';
import { killInstance } from '../../status/kill.ts';

/** Where instances are looked at, and told what to do: the ledger and the control socket. */
export interface PageSource extends InstanceSource {
  /** Stops an instance also where its engine hangs, or none runs. */
  kill(instance: string, values: Readonly<Record<string, string>>): Promise<string>;
}

/** Instances by their folders, as the page wants them. */
export function pageSource(source: FolderSource): PageSource {
  return {
    list: () => source.list(),
    status: (instance, query) => source.status(instance, query),
    log: (instance, query) => source.log(instance, query),
    command: (instance, request) => source.command(instance, request),
    changes: (listener) => source.changes(listener),
    close: () => source.close(),
    kill: (instance, values) => killInstance(source.folder(instance), values),
  };
}
