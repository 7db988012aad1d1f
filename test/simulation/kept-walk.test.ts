import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';
import { keptWalk } from './fortnight/kept-walk.ts';
import type { Walked } from './fortnight/walk-fortnight.ts';

function ended(kill: string): Walked {
  return { kill, struck: true, violations: [], folder: '/gone' };
}

test('a walk of kills that was broken off goes on with what is left of its own list', () => {
  const file = join(temporaryFolder('walk'), 'walk.jsonl');
  const begun = keptWalk(file, ['1. a', '2. b', '3. c']);
  expect(begun.left).toEqual(['1. a', '2. b', '3. c']);
  begun.keep(ended('1. a'));
  begun.keep(ended('3. c'));
  // Another run has counted otherwise.
  const again = keptWalk(file, ['1. a', '1. b']);
  expect(again).toMatchObject({ kills: begun.kills, walked: [ended('1. a'), ended('3. c')], left: ['2. b'] });
});

test('a walk that is not kept is all that it was given', () => {
  expect(keptWalk(null, ['1. a'])).toMatchObject({ kills: ['1. a'], walked: [], left: ['1. a'] });
});
