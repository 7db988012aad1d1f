import { isContinuous } from '../../domain/market/session.ts';
import { exchangeCalendar, ifKnown } from '../../domain/market/calendar.ts';
import { chinaDay } from '../../domain/time.ts';
import { wireTime } from '../../protocol/wire-time.ts';
import type { DoctorFacts, Finding, OtherTerminal, ProbeStep } from './facts.ts';

const OLDEST = [3, 6] as const;
const NEWEST = [3, 13] as const;
/** Seconds after which a quote is old while the market trades. */
const QUOTE_LIMIT = 60;

interface StatusWords {
  readonly name: string;
  readonly advice: string;
}

/** What an account's status means, 0 aside, which is ready [vendor's documentation]. */
const STATUSES: ReadonlyMap<number, StatusWords> = new Map([
  [-1, { name: 'not valid', advice: 'is the number right?' }],
  [1, { name: 'waiting for a log-in', advice: 'log it in at the terminal' }],
  [2, { name: 'logging in', advice: 'wait a minute and run this again' }],
  [3, { name: 'log-in failed', advice: 'see why at the terminal' }],
  [4, { name: 'being prepared', advice: 'wait a minute and run this again' }],
  [5, { name: 'its data are being corrected', advice: 'wait a minute and run this again' }],
  [6, { name: 'after the close', advice: 'it is ready again before the next open; log it in if not' }],
  [7, { name: 'its second link is lost', advice: 'start the terminal again' }],
  [8, { name: 'disabled by the system, too many wrong passwords', advice: 'ask the broker' }],
  [9, { name: 'disabled by its user', advice: 'ask the broker' }],
]);

export function checkPython({ python, probe, platform }: DoctorFacts): Finding {
  const what = 'Python';
  const step = stepOf(probe.steps, 'python');
  if (step === undefined) {
    const text = `${python} cannot be started (${probe.trouble ?? 'it said nothing'}): install Python 3.11, 64 bit, from https://www.python.org and name its python.exe with --python`;
    return { what, kind: 'fix', text };
  }
  const shown = `${step.version ?? '?'}, ${step.bits ?? '?'} bit, ${step.path ?? python}`;
  const [major = 0, minor = 0] = (step.version ?? '').split('.').map(Number);
  if (major !== OLDEST[0] || minor < OLDEST[1] || minor > NEWEST[1])
    return {
      what,
      kind: 'fix',
      text: `${shown}: xtquant is made for 3.6 to 3.13; install 3.11 and name it with --python`,
    };
  if (step.bits !== 64)
    return { what, kind: 'fix', text: `${shown}: xtquant needs 64 bit; install that and name it with --python` };
  if (platform !== 'win32') return { what, kind: 'look', text: `${shown}; QMT runs on Windows: run this there` };
  return { what, kind: 'ok', text: shown };
}

export function checkSdk({ probe, python }: DoctorFacts): Finding {
  const what = 'xtquant';
  const step = stepOf(probe.steps, 'xtquant');
  if (step === undefined)
    return unseen(
      what,
      'python',
      probe,
      'the import did not end: put its folder on a local disk, and see that no scanner holds it',
    );
  if (step.error === undefined)
    return { what, kind: 'ok', text: `${step.version ?? 'version not told'}, ${step.path ?? ''}` };
  const hint = /No module named/u.test(step.error)
    ? `run "${python} -m pip install xtquant", or name the folder that holds the terminal's copy with --xtquant`
    : 'it is made for another Python: take the copy in <terminal>\\bin.x64\\Lib\\site-packages, or another Python';
  return { what, kind: 'fix', text: `${step.error}: ${hint}` };
}

/** `of`: which terminal is meant, where there are several. */
export function checkUserdata({ userdata }: Pick<DoctorFacts, 'userdata'>, of = ''): Finding {
  const what = `userdata${of}`;
  if (userdata === null) {
    const text = "name the terminal's folder: --data-path 'C:\\…\\userdata_mini' or QMT_DATA_PATH";
    return { what, kind: 'fix', text };
  }
  const { path, exists, hasQueue, writable } = userdata;
  if (!exists)
    return {
      what,
      kind: 'fix',
      text: `${path} is not there: write the whole path, in quotes on a command line where it has spaces`,
    };
  if (!/userdata(?:_mini)?[\\/]*$/u.test(path))
    return {
      what,
      kind: 'look',
      text: `${path} does not end with userdata_mini: is it the folder inside the terminal's?`,
    };
  if (!writable)
    return {
      what,
      kind: 'fix',
      text: `${path} cannot be written: run as administrator, or install the terminal outside of Program Files`,
    };
  if (!hasQueue)
    return {
      what,
      kind: 'look',
      text: `${path} holds no up_queue_xtquant: log in to the terminal once with 极简模式 or 独立交易 ticked`,
    };
  return { what, kind: 'ok', text: path };
}

export function checkTerminal({ terminalRuns, probe }: Pick<DoctorFacts, 'terminalRuns' | 'probe'>, of = ''): Finding {
  const what = `terminal${of}`;
  const connect = stepOf(probe.steps, 'connect');
  if (connect?.code === 0) return { what, kind: 'ok', text: 'runs and takes a connection' };
  const login = 'start XtMiniQmt, log in with 极简模式 or 独立交易 ticked, and run this again';
  if (terminalRuns === false) return { what, kind: 'fix', text: `it does not run: ${login}` };
  if (connect === undefined) return unseen(what, 'xtquant', probe, `the connection did not end: ${login}`);
  const answer = connect.error ?? `connect answered ${connect.code ?? 'nothing'}`;
  return {
    what,
    kind: 'fix',
    text: `${answer}: is --data-path the folder of the terminal that runs? If it is, ${login}`,
  };
}

export function checkAccounts({ accounts, others, probe }: DoctorFacts): Finding[] {
  if (accounts.length === 0 && others.length === 0) {
    const text = 'none is configured: --accounts main=123456:stock, or QMT_ACCOUNT_ID';
    return [{ what: 'account', kind: 'fix', text }];
  }
  return accounts.map((alias) => accountFinding(alias, probe));
}

/** A terminal of its own is asked for itself: the one of `--data-path` says nothing of it. */
export function checkOther({ userdata, accounts, probe }: OtherTerminal): Finding[] {
  const of = ` ${accounts.join(', ')}`;
  // Whether one of several runs the list of programs cannot say.
  return [
    checkUserdata({ userdata }, of),
    checkTerminal({ terminalRuns: null, probe }, of),
    ...accounts.map((alias) => accountFinding(alias, probe)),
  ];
}

function accountFinding(alias: string, probe: DoctorFacts['probe']): Finding {
  const what = `account ${alias}`;
  const step = probe.steps.find((one) => one.step === 'account' && one.account === alias);
  if (step === undefined) return unseen(what, 'connect', probe, 'it was not told: the terminal hangs, start it again');
  if (step.error !== undefined)
    return { what, kind: 'fix', text: `${step.error}: write it as alias=number:stock (or credit)` };
  if (step.subscribed !== 0)
    return {
      what,
      kind: 'fix',
      text: 'the terminal does not have it: is the number right, and is this account logged in there?',
    };
  const { status } = step;
  if (status === null || status === undefined)
    return { what, kind: 'look', text: 'subscribed; the terminal does not tell its status' };
  if (status === 0) return { what, kind: 'ok', text: 'ready' };
  const words = STATUSES.get(status);
  const text =
    words === undefined ? `status ${status}: see the terminal` : `${words.name} (${status}): ${words.advice}`;
  return { what, kind: status === 6 ? 'look' : 'fix', text };
}

/** Old quotes are a fault only while the market trades. */
export function checkQuotes({ probe, now }: DoctorFacts): Finding {
  const what = 'quotes';
  const step = stepOf(probe.steps, 'quotes');
  if (step === undefined) return unseen(what, 'xtquant', probe, 'the terminal does not answer: start it again');
  if (step.error !== undefined)
    return { what, kind: 'fix', text: `${step.error}: is the terminal logged in, with market data?` };
  const time = wireTime(step.time);
  if (time === null)
    return { what, kind: 'fix', text: `no quote of ${step.symbol ?? '?'}: is the terminal's market data connected?` };
  const age = Math.round((now - time) / 1000);
  const trades = ifKnown(() => exchangeCalendar().isTradingDay(chinaDay(now))) !== false && isContinuous(now);
  if (!trades) return { what, kind: 'ok', text: `the last is ${ageText(age)} old, the market is closed` };
  if (age <= QUOTE_LIMIT) return { what, kind: 'ok', text: `${ageText(age)} old` };
  return {
    what,
    kind: 'fix',
    text: `the last is ${ageText(age)} old: the terminal's market data stands, choose another 行情 server in it`,
  };
}

function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** A step that was not reached: because one before it failed, or because it hung. */
function unseen(what: string, before: string, { steps, trouble }: DoctorFacts['probe'], hung: string): Finding {
  const last = stepOf(steps, before);
  const failed = last === undefined || last.error !== undefined || (before === 'connect' && last.code !== 0);
  if (failed)
    return {
      what,
      kind: 'skipped',
      text: `put ${before === 'connect' ? 'the terminal' : before === 'python' ? 'Python' : before} right first`,
    };
  return { what, kind: 'fix', text: trouble === null ? hung : `${hung} (${trouble})` };
}

function stepOf(steps: readonly ProbeStep[], name: string): ProbeStep | undefined {
  return steps.find(({ step }) => step === name);
}
