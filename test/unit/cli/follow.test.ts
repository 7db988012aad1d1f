import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chinaInstant } from '../../../src/domain/time.ts';
import { newSignalRow } from '../../../src/domain/follow/new-row.ts';
import { runFollowCommand } from '../../../src/cli/follow-run.ts';
import { statusText } from '../../../src/cli/follow-status.ts';
import { aSignal } from '../domain/follow/rules.ts';

let folder: string;
let config: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bt-follow-cli-'));
  config = join(folder, 'follow.jsonc');
  const strategy = { name: 'alpha', passphrase: 'a long pass phrase of mine', ratio: 1 };
  writeFileSync(config, JSON.stringify({ http: { port: 0 }, files: null, strategies: [strategy] }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a follower without a configuration, or whose clock jumps over all waiting, is refused', async () => {
  await expect(runFollowCommand(null, {})).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  const flags = { at: '2026-07-06 09:30:00', speed: 'max', withStub: true, broker: 'qmt-remote' };
  await expect(runFollowCommand(config, flags)).rejects.toThrow('--speed max');
});

test('the status shows each code with what is wanted and held, and each signal with its end', () => {
  const at = chinaInstant('2026-07-06', '15:06:00');
  const refusal = { code: 'EXPIRED', reason: 'it is 90 s old' };
  const row = newSignalRow(aSignal(), { origin: 'source', refusal, orderableAt: at, now: at });
  const pictureAt = at - 86_400_000;
  const rows = [{ security: '000001.XSHE', wanted: 500, held: 200, why: 'REFUSED', correction: 300, pictureAt }];
  const text = statusText(
    '2026-07-06',
    [{ strategy: 'alpha', at, rows }],
    [row],
    [{ strategy: 'alpha', at: at - 60_000 }],
  );
  // A comparison of now may be with a picture of days ago, and a newer one may have come since.
  const head = "alpha, as of 2026-07-06 15:06:00, wanted by its source's picture of 2026-07-05 15:06:00";
  for (const part of [head, '500', '200', '300', 'REFUSED (EXPIRED): it is 90 s old']) expect(text).toContain(part);
  expect(statusText('2026-07-06', [], [], [])).toContain('No signals on 2026-07-06');
});
