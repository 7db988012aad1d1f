/** Changed frames, in both directions, and changed HTTP requests, by the million; see test/hostile/fuzz. */
import { parseArgs } from 'node:util';
import { monotonic } from '../src/platform/timers.ts';
import { runHttpFuzz } from '../test/hostile/fuzz/http/run-http-fuzz.ts';
import { runFuzz } from '../test/hostile/fuzz/run-fuzz.ts';

const HELP = `Usage: npm run fuzz -- [options]
  --frames N   so many changed frames in each direction (default 100000)
  --http N     so many changed HTTP requests (default 100000)
  --seed N     of which stream (default 1)`;

const { values } = parseArgs({
  options: {
    frames: { type: 'string', default: '100000' },
    http: { type: 'string', default: '100000' },
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
  const http = await httpRequests(Number(values.http), Number(values.seed));
  const all = [...violations, ...http];
  for (const violation of all) console.log(`VIOLATION  ${violation}`);
  process.exitCode = all.length === 0 ? 0 : 1;
}

async function httpRequests(count: number, seed: number): Promise<readonly string[]> {
  const begun = monotonic();
  const progress = (done: number): boolean => process.stdout.write(`\r${done} requests`);
  const { requests, violations } = await runHttpFuzz({ requests: count, seed, progress });
  const seconds = Math.round((monotonic() - begun) / 1000);
  console.log(`\r${requests} HTTP requests, ${seconds} s, ${violations.length} violations`);
  return violations;
}
