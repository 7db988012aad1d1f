import { describe } from 'vitest';
import { testSeeds } from './seeds.ts';

describe('simulated worlds, part 2', () => {
  testSeeds(1001, 2000);
});
