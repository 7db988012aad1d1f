import { expect, test } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

test('5,000 changed frames in each direction are read or refused, and nothing else happens', async () => {
  expect((await runFuzz({ frames: 5_000, seed: 1 })).violations).toEqual([]);
});
