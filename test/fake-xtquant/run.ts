import { SimulatedClock } from '../../src/platform/simulated-clock.ts';
import { parseChinaTime } from '../../src/domain/time.ts';
import { wallNow } from '../../src/platform/timers.ts';
import { WallClock } from '../../src/platform/wall-clock.ts';
import { readAccountList } from '../../src/cli/server-accounts.ts';
import { Settings } from '../../src/cli/settings.ts';
import { loadEnv } from '../../src/platform/env.ts';
import { PaperCounter } from './paper-counter.ts';
import { MAIN, paperMarket } from './qmt-world.ts';
import { FakeTerminal } from './terminal.ts';

/**
 * A terminal to try the gateway against: `node test/fake-xtquant/run.ts [port] [time of Shanghai or -] [accounts]`. It has the accounts that
 * a server started here with the same list or settings (QMT_SERVER_ACCOUNTS, QMT_ACCOUNT_ID) would ask for; without them 123456.
 */
const [port = '58699', at = '-', list] = process.argv.slice(2);
const settings = new Settings(loadEnv({ envFile: null }), list === undefined ? {} : { accounts: list });
const configured = readAccountList(settings);
const accounts = configured.length === 0 ? [MAIN] : configured;
const start = at === '-' ? null : parseChinaTime(at);
const clock = start === null ? new WallClock() : new SimulatedClock({ start, speed: 1 });
const exchange = paperMarket(clock, accounts, wallNow() % 1000);
const terminal = await FakeTerminal.start(new PaperCounter(exchange, () => clock.now()), Number(port));
const named = accounts.map(({ key, id }) => `${key}=${id}`).join(', ');
process.stdout.write(`terminal at ${terminal.address}, accounts ${named}: set FAKE_XTQUANT=${terminal.address}\n`);
