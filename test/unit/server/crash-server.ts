/** A server in a process of its own, to be killed: `node crash-server.ts STATE_FILE` prints its port. */
import { chinaInstant } from '../../../src/domain/time.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { SimulatedClock } from '../../../src/platform/simulated-clock.ts';
import { readStateAnchor, startServer } from '../../../src/server/index.ts';

const statePath = process.argv[2] ?? '';
const anchor = readStateAnchor(statePath);
const clock =
  anchor === null
    ? new SimulatedClock({ start: chinaInstant('2026-07-06', '09:34:30'), speed: 30 })
    : new SimulatedClock({ start: anchor.market, speed: anchor.speed, anchor: anchor.wall });
const server = await startServer(
  { host: '127.0.0.1', port: 0, token: 'stub', market: 'simulated', seed: 1, clock, statePath },
  nullLog,
);
console.log(server.port);
