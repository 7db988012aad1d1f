import { isDatasetName } from '../../domain/data/datasets.ts';
import type { DataRequest, DatasetName } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import type { Connection } from '../../net/connection.ts';
import { decodeDataTable } from '../../protocol/decode/data-table.ts';
import { TABLE_ACTION, TABLE_FEATURE, tablePayload } from '../../protocol/encode/data-table.ts';
import type { TableSource } from '../provider.ts';
import type { Ask } from './ask.ts';

/** Tables by an action of our own gateways, which say in the handshake what they answer; a reference server says nothing. */
export class RemoteTables implements TableSource {
  readonly #ask: Ask;
  /** Of the last handshake: a lost link is no reason to say that nobody serves it. */
  #datasets: ReadonlySet<DatasetName> = new Set();

  constructor(ask: Ask, connection: Pick<Connection, 'onStatus'>) {
    this.#ask = ask;
    connection.onStatus((status) => {
      if (status.kind === 'ready') this.#datasets = datasetsIn(status.features);
    });
  }

  get serves(): { readonly datasets: ReadonlySet<DatasetName> } {
    return { datasets: this.#datasets };
  }

  async table(request: DataRequest, asOf: number): Promise<DataTable> {
    return decodeDataTable(await this.#ask(TABLE_ACTION, tablePayload(request, asOf)), request.dataset);
  }
}

function datasetsIn(features: readonly string[]): ReadonlySet<DatasetName> {
  const named = features.filter((feature) => feature.startsWith(TABLE_FEATURE));
  return new Set(named.map((feature) => feature.slice(TABLE_FEATURE.length)).filter(isDatasetName));
}
