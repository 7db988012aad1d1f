import { expect, test } from 'vitest';
import { runHttpFuzz } from './run-http-fuzz.ts';

test('3,000 changed requests are answered or closed, and nothing else happens', async () => {
  expect((await runHttpFuzz({ requests: 3_000, seed: 1 })).violations).toEqual([]);
});
