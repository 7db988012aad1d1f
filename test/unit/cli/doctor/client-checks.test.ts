import { describe, expect, test } from 'vitest';
import { clientFindings } from '../../../../src/cli/doctor/client-checks.ts';
import type { ClientFacts, GatewayFact } from '../../../../src/cli/doctor/client-facts.ts';
import type { Finding } from '../../../../src/cli/doctor/facts.ts';
import { doctorExit } from '../../../../src/cli/doctor/report.ts';
import { chinaInstant } from '../../../../src/domain/time.ts';

const REACHED: GatewayFact = {
  state: 'reached',
  address: 'desk:58620',
  tookMs: 12.4,
  ready: true,
  detail: 'ready',
  stub: false,
  dryRun: false,
  backend: 'qmt',
  features: ['quotes'],
  clock: null,
  quoteAge: 1.2,
};
const WELL: ClientFacts = {
  now: chinaInstant('2026-07-06', '10:00:00'),
  bt: '1.0',
  node: '24.1.0',
  python: { found: '3.11.2 (/usr/bin/python3)' },
  zone: 'Etc/UTC',
  settings: [{ name: 'QMT_SERVER_TOKEN', shown: '*** (36 characters)', origin: '.env line 3' }],
  warnings: [],
  gateway: REACHED,
  token: '0b5c1a52-7a0e-4c83-9f5e-1f9d0a6d1c2b',
  clockAhead: 0.1,
  calendarEnds: '2026-12-31',
  isTrading: true,
  instances: [{ name: 'demo-1', running: true, trouble: null, bytes: 2_500_000 }],
  disk: { path: '/', freeBytes: 50e9, writable: true },
  channels: ['wecom'],
  ports: [{ what: 'page', address: '127.0.0.1:8787', taken: null }],
  pageToken: null,
};

function of(change: Partial<ClientFacts>, what: string): Finding[] {
  return clientFindings({ ...WELL, ...change }).filter((finding) => finding.what === what);
}

test('a machine on which all is well has no line to put right, and says what it trades on', () => {
  const findings = clientFindings(WELL);
  expect(findings.filter(({ kind }) => kind !== 'ok')).toEqual([]);
  expect(doctorExit(findings)).toBe(0);
  expect(of({}, 'kind')[0]?.text).toBe('REAL MONEY: it does not declare itself a stub; server type qmt, can quotes');
  expect(of({}, 'ledger')[0]?.text).toBe('demo-1: whole, 2.5 MB, its engine runs');
  expect(of({}, 'setting')[0]?.text).toBe('QMT_SERVER_TOKEN=*** (36 characters) (.env line 3)');
});

describe('what is wrong is told with what to do', () => {
  test.each<[string, Partial<ClientFacts>, string, Finding['kind'], RegExp]>([
    [
      'an unreachable gateway',
      { gateway: { state: 'unreachable', address: 'x', text: 'No session' } },
      'gateway',
      'fix',
      /No session/u,
    ],
    ['no gateway at all', { gateway: { state: 'unset', text: 'none named' } }, 'gateway', 'look', /none named/u],
    [
      'a back end that is not ready',
      { gateway: { ...REACHED, ready: false, detail: 'logged out' } },
      'gateway',
      'fix',
      /logged out.*look at the terminal/u,
    ],
    ['a token that can be guessed', { token: 'secret' }, 'token', 'fix', /6 characters and can be guessed: make one/u],
    ['a clock that is off', { clockAhead: -30 }, 'clock', 'fix', /30 s behind: set it by NTP/u],
    [
      'quotes that stand',
      { gateway: { ...REACHED, quoteAge: 400 } },
      'quotes',
      'fix',
      /7 min old while the market trades/u,
    ],
    [
      'quotes from the future',
      { gateway: { ...REACHED, quoteAge: -9 } },
      'quotes',
      'fix',
      /9\.0 s ahead of this machine: set the clocks/u,
    ],
    ['a calendar that ends soon', { calendarEnds: '2026-07-20' }, 'calendar', 'look', /14 days from now/u],
    [
      'a calendar that has ended',
      { calendarEnds: '2026-06-30' },
      'calendar',
      'fix',
      /which is over: install a newer bt/u,
    ],
    [
      'a damaged ledger',
      { instances: [{ name: 'a', running: false, trouble: 'damaged', bytes: 1 }] },
      'ledger',
      'fix',
      /a: damaged/u,
    ],
    [
      'a setting that cannot be',
      { gateway: { state: 'wrong', text: 'write a port' } },
      'gateway',
      'fix',
      /write a port/u,
    ],
    [
      'a disk that is read only',
      { disk: { path: '/x', freeBytes: 50e9, writable: false } },
      'disk',
      'fix',
      /\/x cannot be written/u,
    ],
    ['a full disk', { disk: { path: '/x', freeBytes: 1e8, writable: true } }, 'disk', 'fix', /0\.1 GB free at \/x/u],
    ['no channel of messages', { channels: [] }, 'messages', 'look', /nobody is told/u],
    ['settings of messages that make no sense', { channels: 'NOTIFY_X means nothing' }, 'messages', 'fix', /NOTIFY_X/u],
    ['a page token that can be guessed', { pageToken: '1234' }, 'page token', 'fix', /4 characters/u],
    ['a line of a file that means nothing', { warnings: ['.env line 2 is odd'] }, 'settings', 'look', /line 2 is odd/u],
  ])('%s', (_, change, what, kind, text) => {
    expect(of(change, what)).toEqual([{ what, kind, text: expect.stringMatching(text) as string }]);
  });

  test('the exit code says that something has to be put right', () => {
    expect(doctorExit(clientFindings({ ...WELL, token: 'x' }))).toBe(1);
  });
});

test('on a paper market a short token will do, and old quotes outside trading are no fault', () => {
  expect(of({ token: 'stub', gateway: { ...REACHED, stub: true } }, 'token')[0]?.kind).toBe('ok');
  expect(of({ isTrading: false, gateway: { ...REACHED, quoteAge: 90_000 } }, 'quotes')[0]).toMatchObject({
    kind: 'ok',
  });
});
