import { afterAll, beforeAll, expect, it } from 'vitest';
import { Stage } from './harness.ts';
import type { Jq } from './harness.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

it('a body asks over border and wire, and its result comes back', async () => {
  const [rows, name] = await stage.run((jq, code) => {
    const all = jq.get_all_securities(['stock']);
    return [all.shape[0], all.loc(code, 'display_name')] as const;
  }, '000001.XSHE');
  expect(rows).toBeGreaterThan(50);
  expect(name).toBe('平安银行');
});

it('a body that misuses a function is judged by the code of its error', async () => {
  await expect(
    stage.run((jq) => {
      // @ts-expect-error no such type
      jq.get_all_securities(['stocks']);
    }),
  ).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
});

it('a body runs at another logical time, and sees nothing later', async () => {
  const codes = (jq: Jq): unknown[] => jq.get_all_securities(['stock']).index.to_list();
  const early = await stage.runAt('2010-01-04 10:00', codes);
  expect(early).toContain('000001.XSHE');
  expect(early).not.toContain('300750.XSHE');
  expect(await stage.run(codes)).toContain('300750.XSHE');
});
