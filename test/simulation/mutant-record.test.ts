import { describe, expect, it } from 'vitest';
import { huntFor, SEEDS_TO_CATCH } from './mutants/hunt.ts';
import { KEEPS_NO_RECORD } from './mutants/keeps-no-record.ts';
import { RECORDS_LATE } from './mutants/records-late.ts';

describe(`a fault planted in the gateway's record is caught within ${SEEDS_TO_CATCH} seeds`, () => {
  it.each([{ mutant: KEEPS_NO_RECORD }, { mutant: RECORDS_LATE }])(
    '$mutant.name',
    { timeout: 120_000 },
    async ({ mutant }) => {
      const caught = await huntFor(mutant, {
        scope: { axes: new Set(['outside']), laws: new Set() },
        worlds: ({ outside }) => outside !== null,
        complaint: /^keyed:\d+-* is \d+ orders at the exchange|^keyed:\d+-* was order \S+, and is/,
      });
      expect(caught?.violations.join('\n')).toMatch(/keyed/);
    },
  );
});
