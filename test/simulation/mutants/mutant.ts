import type { SignalSink } from '../../../src/domain/follow/signal.ts';
import type { TradingCalendar } from '../../../src/domain/market/calendar.ts';
import type { LiveLimits } from '../../../src/engine/live-options.ts';
import type { Trading } from '../../../src/engine/trading.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { RecordStore } from '../../../src/server/record/types.ts';
import type { Broker } from '../../../src/venues/broker.ts';
import type { Process } from '../world/process.ts';

/** A fault planted in the program itself, which the harness must find. */
export interface Mutant {
  readonly name: string;
  readonly broker?: (broker: Broker, process: Process) => Broker;
  readonly ledger?: (ledger: Ledger) => Ledger;
  /** The record of one life of a gateway whose exchange is outside its process. */
  readonly record?: (store: RecordStore, process: Process) => RecordStore;
  readonly limits?: Partial<LiveLimits>;
  readonly calendar?: (calendar: TradingCalendar) => TradingCalendar;
  /** The order path of each life of the engine, before it begins. */
  readonly trading?: (trading: Trading) => void;
  /** What a client hears that answers nothing, with the row as it was told. */
  readonly pushed?: (event: 'order' | 'trade', payload: JsonObject, process: Process) => void;
  /** How signals are taken. */
  readonly take?: (take: SignalSink['take'], process: Process) => SignalSink['take'];
  /** For one that takes the place of a module: on before a world begins, off after its end. */
  readonly switch?: (on: boolean) => void;
}
