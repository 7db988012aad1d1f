import { expect, test } from 'vitest';
import { LineRation, LINES_A_SECOND, notShown } from '../../../src/platform/line-ration.ts';

test('a thousand lines a second pass, the rest is counted and told with the next one', () => {
  let now = 0;
  const lines: string[] = [];
  const ration = new LineRation<string>(
    (line) => lines.push(line),
    notShown,
    () => now,
  );
  for (let i = 0; i < 100_000; i += 1) ration.write(`line ${i}`);
  expect(lines).toHaveLength(LINES_A_SECOND);
  now += 999;
  ration.write('still too soon');
  now += 1;
  ration.write('next second');
  expect(lines.slice(LINES_A_SECOND)).toEqual(['… 99,001 lines were not shown', 'next second']);
});

test('what begins anew has a ration of its own, and says what was left out before', () => {
  const lines: string[] = [];
  const ration = new LineRation<string>(
    (line) => lines.push(line),
    notShown,
    () => 0,
  );
  for (let i = 0; i <= LINES_A_SECOND; i += 1) ration.write('first call');
  ration.renew();
  ration.write('second call');
  ration.renew();
  expect(lines.slice(LINES_A_SECOND)).toEqual(['… 1 lines were not shown', 'second call']);
});
