// Run by full-disk.test.ts under a limit on the size of files: writes orders until the ledger refuses, and says how many it took.
import { Ledger } from '../../../src/ledger/ledger.ts';
import { errorCode } from '../../../src/domain/errors.ts';
import { aRequest } from '../domain/order/builders.ts';
import { anOrderRow } from '../engine/orders/rows.ts';

const ledger = Ledger.open(process.argv[2] ?? '');
let taken = 0;
for (;;) {
  try {
    const request = aRequest({ remark: 'x'.repeat(2000) });
    ledger.record({ orders: [anOrderRow({ orderId: `o${taken}`, request, phase: 'parked' })] });
    taken += 1;
  } catch (error) {
    console.log(JSON.stringify({ taken, code: errorCode(error) }));
    break;
  }
}
