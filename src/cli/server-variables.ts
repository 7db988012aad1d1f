import { BtError } from '../domain/errors.ts';
import { badValue } from './settings.ts';
import type { Given, Settings } from './settings.ts';

/** What only a terminal has: it says nothing to a market of its own, and a file of settings may serve both. */
const OF_TERMINAL = [
  'QMT_DATA_PATH',
  'QMT_SESSION_ID',
  'QMT_AUTO_SUBSCRIBE',
  'MINIQMT_AUTO_DOWNLOAD',
  'MINIQMT_INDEX_WEIGHT_AUTO_DOWNLOAD',
  'MINIQMT_MARKET',
  'QMT_DATA_PORT',
  'QMT_MARKET_ORDERS',
  'QMT_SERVER_RECORD',
];
/** Options of the same kind: without `--simulate` a market of its own refuses them, with it they stay where they were written. */
const TERMINAL_FLAGS = ['--data-path', '--python', '--xtquant', '--market-orders'];

/** What the reference's server lets be changed and ours does not, with the value that is the same in both. */
const FIXED: Readonly<Record<string, readonly [same: RegExp, why: string]>> = {
  QMT_GUARD_INITIAL_DELAY_SECONDS: [/^5(?:\.0*)?$/u, 'the terminal is called again after 5 s'],
  QMT_GUARD_MAX_DELAY_SECONDS: [/^300(?:\.0*)?$/u, 'it is called at least each 300 s'],
  QMT_GUARD_BACKOFF_MULTIPLIER: [/^2(?:\.0*)?$/u, 'the wait for it doubles'],
  QMT_GUARD_READY_POLL_SECONDS: [/^5(?:\.0*)?$/u, 'it is watched all the time'],
  QMT_GUARD_TCP_PRESSURE_THRESHOLD: [/^12000$/u, 'nothing is counted that it could bound'],
  QMT_SERVER_ALLOW_FULL_MARKET: [/^(?:false|0|no|off)$/iu, 'name the securities that are to be subscribed'],
};
const OF_TRADER: typeof FIXED = {
  QMT_AUTO_SUBSCRIBE: [/^(?:true|1|yes|on)$/iu, 'every account is subscribed, or nothing of it would come'],
  MINIQMT_INDEX_WEIGHT_AUTO_DOWNLOAD: [/^(?:true|1|yes|on)$/iu, 'members that the terminal lacks are downloaded'],
  MINIQMT_MARKET: [/^(?:SH|SZ)$/iu, 'the trading days are those of both exchanges'],
};

/**
 * Variables of the reference's server that are not among our settings: what cannot be meant here is refused (BtError BAD_CONFIG), what
 * says nothing to this kind of server is told. So none is passed over in silence.
 */
export function tellVariables(settings: Settings): string[] {
  const type = settings.find({ flag: '--server-type' })?.value.toLowerCase() ?? 'stub';
  refuseOtherType(settings, type);
  const isSimulated = settings.toggle({ flag: '--simulate' }) === true;
  const isPaper = type === 'stub' || isSimulated;
  for (const [name, [same, why]] of Object.entries(isPaper ? FIXED : { ...FIXED, ...OF_TRADER })) {
    const given = settings.find({ variables: [name] });
    if (given !== null && !same.test(given.value)) throw fixed(given, why);
  }
  if (!isPaper) return [];
  const paper = isSimulated ? '--simulate' : '--server-type stub';
  const given = [
    ...TERMINAL_FLAGS.map((flag) => settings.find({ flag })),
    ...OF_TERMINAL.map((name) => settings.find({ variables: [name] })),
  ];
  return given.flatMap((one) => (one === null ? [] : [ofTerminal(one, paper)]));
}

function ofTerminal({ name, origin }: Given, paper: string): string {
  return `${name}${origin === null ? '' : ` (${origin})`} is for a terminal and says nothing to ${paper}`;
}

/** The reference's command line never looks at it: who has written it must not get another server than he thinks. */
function refuseOtherType(settings: Settings, type: string): void {
  const given = settings.find({ variables: ['QMT_SERVER_TYPE'] });
  if (given === null || given.value.toLowerCase() === type) return;
  throw badValue(given, `it as --server-type ${given.value}, or leave it out: this server is "${type}"`);
}

function fixed({ name, value, origin }: Given, why: string): BtError {
  const where = origin === null ? '' : ` (${origin})`;
  return new BtError('BAD_CONFIG', `${name} is "${value}"${where} and cannot be changed here: ${why}. Leave it out.`, {
    fault: 'config',
  });
}
