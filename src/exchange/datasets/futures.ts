import type { ParamsOf } from '../../domain/data/datasets.ts';
import { tableOf, texts } from '../../domain/data/table.ts';
import type { DataTable } from '../../domain/data/table.ts';
import type { Market } from '../market.ts';
import { contractsOn, dominantOn, PRODUCT_NAMES } from '../universe/futures.ts';
import { knownDay, unknownName } from './day-of.ts';

/** The contracts of a product that are listed on a day, the nearest first. */
export function futureContracts(
  _market: Market,
  { product, day }: ParamsOf<'future_contracts'>,
  asOf: number,
): DataTable {
  const contracts = contractsOn(product, knownDay(day, asOf));
  if (contracts === null) throw noProduct(product);
  return tableOf({ code: texts(contracts) });
}

/** The one that is traded most. */
export function dominantFuture(
  _market: Market,
  { product, day }: ParamsOf<'dominant_future'>,
  asOf: number,
): DataTable {
  const contract = dominantOn(product, knownDay(day, asOf));
  if (contract === null) throw noProduct(product);
  return tableOf({ code: texts(contract === '' ? [] : [contract]) });
}

function noProduct(name: string): Error {
  return unknownName('product whose futures are listed here', name, `Ask for ${PRODUCT_NAMES.join(', ')}.`);
}
