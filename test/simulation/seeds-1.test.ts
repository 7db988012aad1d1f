import { describe } from 'vitest';
import { testSeeds } from './seeds.ts';

describe('simulated worlds, part 1', () => {
  testSeeds(1, 1000);
});
