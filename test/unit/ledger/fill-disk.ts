// Run by full-disk.test.ts under a limit on the size of files: writes orders until the ledger refuses, and says how many it took.
import { Ledger } from '../../../src/ledger/ledger.ts';
import { errorCode } from '../../../src/domain/errors.ts';

const ledger = Ledger.open(process.argv[2] ?? '');
let taken = 0;
for (;;) {
  try {
    ledger.addOrder(
      {
        orderId: `o${taken}`,
        day: '2026-07-06',
        security: '000001.XSHE',
        side: 'buy',
        request: {
          kind: 'amount',
          security: '000001.XSHE',
          quantity: 100,
          style: { kind: 'limit', limitPrice: 10 },
          waitTimeout: null,
          remark: 'x'.repeat(2000),
          keep: null,
        },
        amount: 100,
        parked: true,
        denied: null,
        createdAt: taken,
      },
      [],
    );
    taken += 1;
  } catch (error) {
    console.log(JSON.stringify({ taken, code: errorCode(error) }));
    break;
  }
}
