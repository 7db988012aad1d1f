import { SimulatedClock } from '../../src/platform/simulated-clock.ts';
import { parseChinaTime } from '../../src/domain/time.ts';
import { wallNow } from '../../src/platform/timers.ts';
import { WallClock } from '../../src/platform/wall-clock.ts';
import { PaperCounter } from './paper-counter.ts';
import { MAIN, paperMarket } from './qmt-world.ts';
import { FakeTerminal } from './terminal.ts';

/** A terminal to try the gateway against: `node test/fake-xtquant/run.ts [port] [time of Shanghai]`; account 123456. */
const [port = '58699', at] = process.argv.slice(2);
const start = at === undefined ? null : parseChinaTime(at);
const clock = start === null ? new WallClock() : new SimulatedClock({ start, speed: 1 });
const exchange = paperMarket(clock, [MAIN], wallNow() % 1000);
const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()), Number(port));
process.stdout.write(`terminal at ${terminal.address}: set FAKE_XTQUANT=${terminal.address}\n`);
