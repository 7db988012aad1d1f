import { expect, test } from 'vitest';
import { byTerminal } from '../../../../src/cli/server-doctor-run.ts';

const account = (key: string, path?: string) => ({
  key,
  id: key,
  type: 'stock',
  ...(path === undefined ? {} : { path }),
});

test('accounts are asked for at the terminal that they trade on: that of --data-path, or their own', () => {
  const [a, b, c, d] = [account('a'), account('b', 'D:\\two'), account('c', 'C:\\one'), account('d', 'D:\\two')];
  expect(byTerminal([a, b, c, d], 'C:\\one')).toEqual({ own: [a, c], others: [['D:\\two', [b, d]]] });
  expect(byTerminal([b], 'C:\\one')).toEqual({ own: [], others: [['D:\\two', [b]]] });
  expect(byTerminal([a], null)).toEqual({ own: [a], others: [] });
});
