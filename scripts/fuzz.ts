/** Changed frames, in both directions, by the million; see test/hostile/fuzz. */
import { parseArgs } from 'node:util';
import { monotonic } from '../src/platform/timers.ts';
import { runFuzz } from '../test/hostile/fuzz/run-fuzz.ts';

const HELP = `Usage: npm run fuzz -- [options]
  --frames N   so many changed frames in each direction (default 100000)
  --seed N     of which stream (default 1)`;

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else {
  const begun = monotonic();
  const { frames, violations } = await runFuzz({
    frames: Number(values.frames),
    seed: Number(values.seed),
    progress: (done) => process.stdout.write(`\r${done} frames`),
  });
  console.log(
    `\r${frames} frames in each direction, ${Math.round((monotonic() - begun) / 1000)} s, ${violations.length} violations`,
  );
  for (const violation of violations) console.log(`VIOLATION  ${violation}`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
