import { expect, it } from 'vitest';
import { createWorld } from '../world.ts';

it('A Chinese remark goes out as far as it fits, and a cut is told once for each label', async () => {
  const world = await createWorld();
  const said = (): string[] => world.lines.filter(({ text }) => text.includes('remark')).map(({ text }) => text);
  for (const remark of ['再平衡', '国债逆回购', '国债逆回购', 'a label of many words'])
    await world.settle(world.order({ remark, style: { kind: 'limit', limitPrice: 9.5 } }));
  expect(world.broker.placed.map(({ remark }) => remark.slice(12))).toEqual([
    '再平衡',
    '国债逆回',
    '国债逆回',
    'a label of m',
  ]);
  expect(said()).toHaveLength(2);
  expect(said()[0]).toContain('"国债逆回购" becomes "国债逆回"');
  await world.close();
});
