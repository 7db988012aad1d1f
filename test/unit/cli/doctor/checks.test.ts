import { describe, expect, test } from 'vitest';
import { findingsOf } from '../../../../src/cli/doctor/checks.ts';
import type { DoctorFacts, Finding, ProbeStep } from '../../../../src/cli/doctor/facts.ts';
import { doctorExit, doctorText } from '../../../../src/cli/doctor/report.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

const TRADING = chinaInstant('2026-07-06', '10:00');
const NIGHT = chinaInstant('2026-07-06', '20:00');

const GOOD: readonly ProbeStep[] = [
  { step: 'python', version: '3.11.9', bits: 64, path: 'C:\\Python311\\python.exe' },
  { step: 'xtquant', version: '250516.1.1', path: 'C:\\Python311\\Lib\\site-packages\\xtquant' },
  { step: 'quotes', symbol: '000001.SZ', time: TRADING - 3_000 },
  { step: 'connect', code: 0 },
  { step: 'account', account: 'main', subscribed: 0, status: 0 },
  { step: 'end' },
];

const FACTS: DoctorFacts = {
  now: TRADING,
  platform: 'win32',
  node: '24.21.0',
  python: 'python',
  probe: { steps: GOOD, trouble: null },
  userdata: { path: 'C:\\国金QMT交易端\\userdata_mini', exists: true, hasQueue: true, writable: true },
  terminalRuns: true,
  accounts: ['main'],
  others: [],
  listen: { host: '127.0.0.1', port: 58_620, state: 'free', detail: '', firewallOpen: null },
  clockAhead: 0.2,
  token: 'b1946ac9-2492-4d23',
};

/** The finding of a line, with these facts instead of good ones. */
function line(what: string, changed: Partial<DoctorFacts>): Finding {
  const found = findingsOf({ ...FACTS, ...changed }).find((one) => one.what === what);
  if (found === undefined) throw new Error(`no line ${what}`);
  return found;
}

/** The steps up to one, with that one changed; null = nothing from there on. */
function until(step: string, changed: Partial<ProbeStep> | null, trouble: string | null = null): Partial<DoctorFacts> {
  const at = GOOD.findIndex((one) => one.step === step);
  const before = GOOD.slice(0, at);
  const here = GOOD.slice(at, at + 1).map((one) => ({ ...one, ...changed }));
  return { probe: { steps: changed === null ? before : [...before, ...here], trouble } };
}

test('of a good desk every line is ok', () => {
  const findings = findingsOf(FACTS);
  expect(findings.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  expect(doctorExit(findings)).toBe(0);
  expect(doctorText(findings)).toMatch(/All is well\.$/u);
});

test('a line to put right is counted, and ends the program with 1', () => {
  const findings = findingsOf({ ...FACTS, node: '20.1.0' });
  expect(doctorExit(findings)).toBe(1);
  expect(doctorText(findings)).toMatch(/^FIX {2}Node .*20\.1\.0 is too old: install 24[^]*1 of 11 to put right/u);
});

describe('Python and the SDK', () => {
  test.each<[string, Partial<DoctorFacts>, Finding['kind'], RegExp]>([
    [
      'Python',
      until('python', null, 'spawn python ENOENT'),
      'fix',
      /cannot be started \(spawn python ENOENT\): install/u,
    ],
    ['Python', until('python', { bits: 32 }), 'fix', /needs 64 bit/u],
    ['Python', until('python', { version: '3.14.0' }), 'fix', /made for 3\.6 to 3\.13/u],
    ['Python', { platform: 'linux' }, 'look', /QMT runs on Windows/u],
    ['xtquant', until('python', null), 'skipped', /put Python right first/u],
    ['xtquant', until('xtquant', null, 'it did not end within 40 s'), 'fix', /the import did not end.*within 40 s/u],
    [
      'xtquant',
      until('xtquant', { error: "ModuleNotFoundError: No module named 'xtquant'" }),
      'fix',
      /pip install xtquant/u,
    ],
    ['xtquant', until('xtquant', { error: 'ImportError: DLL load failed' }), 'fix', /bin\.x64/u],
  ])('%s of %j is %s', (what, changed, kind, text) => {
    expect(line(what, changed).kind).toBe(kind);
    expect(line(what, changed).text).toMatch(text);
  });
});

describe('the terminal', () => {
  const userdata = { path: 'D:\\q\\userdata_mini', exists: true, hasQueue: true, writable: true };
  test.each<[string, Partial<DoctorFacts>, Finding['kind'], RegExp]>([
    ['userdata', { userdata: null }, 'fix', /--data-path/u],
    ['userdata', { userdata: { ...userdata, exists: false } }, 'fix', /is not there: .* in quotes/u],
    ['userdata', { userdata: { ...userdata, path: 'D:\\q' } }, 'look', /does not end with userdata_mini/u],
    ['userdata', { userdata: { ...userdata, writable: false } }, 'fix', /cannot be written/u],
    ['userdata', { userdata: { ...userdata, hasQueue: false } }, 'look', /独立交易/u],
    ['terminal', { ...until('connect', { code: -1 }), terminalRuns: false }, 'fix', /does not run: start XtMiniQmt/u],
    ['terminal', until('connect', { code: -1 }), 'fix', /connect answered -1/u],
    ['terminal', until('connect', null, 'it did not end'), 'fix', /the connection did not end/u],
    ['terminal', until('xtquant', { error: 'x' }), 'skipped', /put xtquant right first/u],
    ['account main', until('connect', { code: -1 }), 'skipped', /put the terminal right first/u],
    ['account main', until('account', null, 'it did not end'), 'fix', /the terminal hangs/u],
    ['account main', until('account', { subscribed: -1 }), 'fix', /does not have it/u],
    ['account main', until('account', { error: '无效账号' }), 'fix', /无效账号: write it as/u],
    ['account main', until('account', { status: 3 }), 'fix', /log-in failed \(3\)/u],
    ['account main', until('account', { status: 6 }), 'look', /after the close/u],
    ['account main', until('account', { status: null }), 'look', /does not tell its status/u],
    ['account main', until('account', { status: 77 }), 'fix', /status 77/u],
    ['account', { accounts: [] }, 'fix', /none is configured/u],
  ])('%s of %j is %s', (what, changed, kind, text) => {
    expect(line(what, changed).kind).toBe(kind);
    expect(line(what, changed).text).toMatch(text);
  });

  test('an account with a terminal of its own is asked for there, and nowhere else', () => {
    const steps = [...GOOD.slice(0, 3), { step: 'connect', code: -1 }, { step: 'end' }];
    const others = [{ userdata, accounts: ['b', 'c'], probe: { steps, trouble: null } }];
    expect(line('userdata b, c', { others })).toMatchObject({ kind: 'ok', text: userdata.path });
    expect(line('terminal b, c', { others, terminalRuns: true })).toMatchObject({ kind: 'fix' });
    expect(line('account b', { others })).toMatchObject({ kind: 'skipped' });
    expect(line('account main', { others })).toMatchObject({ kind: 'ok' });
    const alone = findingsOf({ ...FACTS, accounts: [], others });
    expect(alone.map(({ what }) => what)).not.toContain('account');
  });

  test.each<[Partial<ProbeStep> | null, number, Finding['kind'], RegExp]>([
    [{ time: TRADING - 300_000 }, TRADING, 'fix', /5 min old.*行情/u],
    [{ time: TRADING }, NIGHT, 'ok', /10 h old, the market is closed/u],
    [{ time: '20260706095957' }, TRADING, 'ok', /3 s old/u],
    [{ time: null }, TRADING, 'fix', /no quote of 000001\.SZ/u],
    [{ error: 'OSError: x' }, TRADING, 'fix', /OSError/u],
    [null, TRADING, 'fix', /does not answer/u],
  ])('quotes of %j at %d are %s', (changed, now, kind, text) => {
    const finding = line('quotes', { ...until('quotes', changed), now });
    expect(finding.kind).toBe(kind);
    expect(finding.text).toMatch(text);
  });
});

describe('the port, the firewall and the token', () => {
  const listen = FACTS.listen;
  const open = { ...listen, host: '0.0.0.0' };
  test.each<[string, Partial<DoctorFacts>, Finding['kind'], RegExp]>([
    [
      'port',
      { listen: { ...listen, state: 'server', detail: 'ready' } },
      'ok',
      /a server answers at 127\.0\.0\.1:58620: ready/u,
    ],
    ['port', { listen: { ...listen, state: 'refused' } }, 'fix', /does not know this token/u],
    [
      'port',
      { listen: { ...listen, state: 'taken', detail: 'EADDRINUSE' } },
      'fix',
      /taken by another program \(EADDRINUSE\)/u,
    ],
    ['firewall', {}, 'ok', /only this machine/u],
    ['firewall', { listen: { ...open, firewallOpen: true } }, 'ok', /is there/u],
    ['firewall', { listen: { ...open, firewallOpen: false } }, 'look', /localport=58620/u],
    ['firewall', { listen: open }, 'skipped', /as administrator/u],
    ['firewall', { listen: open, platform: 'linux' }, 'skipped', /TCP 58620/u],
    ['clock', { clockAhead: -75 }, 'fix', /75 s behind: .*w32tm/u],
    ['clock', { clockAhead: null }, 'skipped', /no time server/u],
    ['token', { token: null }, 'fix', /does not start without one/u],
    ['token', { token: null, listen: open }, 'fix', /does not start without one/u],
    ['token', { token: 'short', listen: open }, 'fix', /5 characters/u],
    ['token', { token: 'aaaaaaaaaaaaaaaa', listen: open }, 'fix', /1 different characters/u],
  ])('%s of %j is %s', (what, changed, kind, text) => {
    expect(line(what, changed).kind).toBe(kind);
    expect(line(what, changed).text).toMatch(text);
  });

  test('a token is never shown', () => {
    for (const token of ['short', 'b1946ac9-2492-4d23'])
      expect(doctorText(findingsOf({ ...FACTS, token }))).not.toContain(token);
  });
});
