import { isDatasetName } from '../../domain/data/datasets.ts';
import type { DataRequest, DatasetName } from '../../domain/data/datasets.ts';
import type { DataTable } from '../../domain/data/table.ts';
import { BtError } from '../../domain/errors.ts';
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
    try {
      return decodeDataTable(await this.#ask(TABLE_ACTION, tablePayload(request, asOf)), request.dataset);
    } catch (error) {
      throw asStrategyFault(error);
    }
  }
}

/** Codes of any action: they say nothing about what was asked. */
const OF_THE_GATEWAY: ReadonlySet<string> = new Set([
  'REQUEST_FAILED',
  'REQUEST_TIMEOUT',
  'STATE_WRITE_FAILED',
  'UNSUPPORTED',
]);

/** Our gateways tell a question that cannot be answered by a code of its own: it is the asker's, in the words of the source. */
function asStrategyFault(error: unknown): unknown {
  if (!(error instanceof BtError)) return error;
  const { answered, wireMessage } = error.details;
  const isOfTheGateway = OF_THE_GATEWAY.has(error.code) || error.code.startsWith('QMT_');
  if (answered !== true || typeof wireMessage !== 'string' || isOfTheGateway) return error;
  return new BtError(error.code, wireMessage, { fault: 'strategy', details: error.details });
}

function datasetsIn(features: readonly string[]): ReadonlySet<DatasetName> {
  const named = features.filter((feature) => feature.startsWith(TABLE_FEATURE));
  return new Set(named.map((feature) => feature.slice(TABLE_FEATURE.length)).filter(isDatasetName));
}
