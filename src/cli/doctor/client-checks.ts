import { chinaText, DAY, instantOf } from '../../domain/time.ts';
import { looksReal } from '../../platform/env-secrets.ts';
import { checkNodeVersion, clockFinding } from './checks.ts';
import type { ClientFacts, GatewayFact, InstanceFact } from './client-facts.ts';
import type { Finding } from './facts.ts';

/** Characters that a token has at least, so that nobody guesses it. */
const LEAST_TOKEN = 16;
/** Days before the calendar's end from which on it is told. */
const CALENDAR_SOON = 30;
/** Seconds that a quote of a busy security may be old while the market trades, and ahead of this machine. */
const QUOTE_OLD = 30;
const QUOTE_AHEAD = 3;
const GIGABYTE = 1e9;
const LEAST_FREE = 0.2 * GIGABYTE;
const LITTLE_FREE = 2 * GIGABYTE;

/** Every line, in the order in which a person puts things right. */
export function clientFindings(facts: ClientFacts): Finding[] {
  const { settings, warnings, instances } = facts;
  return [
    { what: 'bt', kind: 'ok', text: facts.bt },
    checkNodeVersion(facts.node),
    pythonFinding(facts),
    ...settings.map(({ name, shown, origin }): Finding => ({
      what: 'setting',
      kind: 'ok',
      text: `${name}=${shown} (${origin})`,
    })),
    // The language alone trades nowhere.
    ...(settings.every(({ name }) => name === 'BT_LANG') ? [NO_SETTINGS] : []),
    ...warnings.map((text): Finding => ({ what: 'settings', kind: 'look', text })),
    tokenFinding(facts.token, facts.gateway),
    ...gatewayFindings(facts.gateway),
    clockFinding(facts.clockAhead, 'set it by NTP'),
    ...quoteFindings(facts),
    calendarFinding(facts),
    { what: 'time zone', kind: 'ok', text: `${facts.zone}; bt itself keeps Shanghai's time everywhere` },
    ...(instances.length === 0 ? [NO_INSTANCES] : instances.map(ledgerFinding)),
    diskFinding(facts),
    channelsFinding(facts),
    ...facts.ports.map(({ what, address, taken }): Finding => {
      const text =
        taken === null
          ? `${address} is free`
          : `${address} cannot be had (${taken}): a page that runs there, or name another`;
      return { what, kind: taken === null ? 'ok' : 'look', text };
    }),
    pageTokenFinding(facts),
  ];
}

const NO_SETTINGS: Finding = {
  what: 'setting',
  kind: 'look',
  text: 'none of bt is there, in .env.local, .env or the environment: bt init writes a file to fill in',
};
const NO_INSTANCES: Finding = { what: 'ledger', kind: 'ok', text: 'there is no instance yet; bt live makes one' };

function pythonFinding({ python }: ClientFacts): Finding {
  const what = 'Python';
  if ('found' in python) return { what, kind: 'ok', text: python.found };
  return { what, kind: 'skipped', text: `${python.missing} Only .py strategies need it` };
}

function tokenFinding(token: string | null, gateway: GatewayFact): Finding {
  const what = 'token';
  if (token === null)
    return { what, kind: gateway.state === 'unset' ? 'skipped' : 'look', text: 'no QMT_SERVER_TOKEN is set' };
  if (token.length >= LEAST_TOKEN && looksReal(token)) return { what, kind: 'ok', text: `${token.length} characters` };
  const isStub = gateway.state === 'reached' && gateway.stub;
  const text = `it has ${token.length} characters and can be guessed: make one with node -p "crypto.randomUUID()", at the gateway and here`;
  return isStub
    ? { what, kind: 'ok', text: `${token.length} characters: enough for a paper market` }
    : { what, kind: gateway.state === 'reached' ? 'fix' : 'look', text };
}

function gatewayFindings(gateway: GatewayFact): Finding[] {
  const what = 'gateway';
  if (gateway.state === 'unset') return [{ what, kind: 'look', text: gateway.text }];
  if (gateway.state === 'unreachable' || gateway.state === 'wrong') return [{ what, kind: 'fix', text: gateway.text }];
  const { address, tookMs, ready, detail, stub, dryRun, backend, features, clock } = gateway;
  const reached = `${address} answers in ${Math.round(tookMs)} ms`;
  const kind = stub ? 'a paper market: it declares itself a stub' : 'REAL MONEY: it does not declare itself a stub';
  const can = features.length === 0 ? 'names no features' : `can ${shortened(features).join(', ')}`;
  return [
    ready
      ? { what, kind: 'ok', text: reached }
      : { what, kind: 'fix', text: `${reached}, and its back end is not ready (${detail}): look at the terminal` },
    { what: 'kind', kind: 'ok', text: `${kind}; server type ${backend ?? 'not told'}, ${can}` },
    ...(dryRun
      ? [
          {
            what: 'kind',
            kind: 'look',
            text: 'it runs with --dry-run: orders are answered and reach no counter',
          } as const,
        ]
      : []),
    ...(clock === null
      ? []
      : [{ what: 'kind', kind: 'ok', text: `it has a market clock of its own: ${chinaText(clock)}` } as const]),
  ];
}

/** Tables are many: how many there are. */
function shortened(features: readonly string[]): string[] {
  const tables = features.filter((feature) => feature.startsWith('table:')).length;
  const others = features.filter((feature) => !feature.startsWith('table:'));
  return tables === 0 ? others : [...others, `${tables} tables`];
}

/** How old the newest quote is: that quotes live, and that the two clocks agree. */
function quoteFindings({ gateway, isTrading }: ClientFacts): Finding[] {
  const what = 'quotes';
  if (gateway.state !== 'reached') return [{ what, kind: 'skipped', text: 'put the gateway right first' }];
  const { quoteAge: age, clock } = gateway;
  if (typeof age === 'string') return [{ what, kind: 'look', text: age }];
  if (age === null)
    return [{ what, kind: 'look', text: 'no busy security has a quote with a time: is its market data connected?' }];
  if (clock === null && age < -QUOTE_AHEAD)
    return [
      {
        what,
        kind: 'fix',
        text: `the newest is ${ageText(-age)} ahead of this machine: set the clocks of both by NTP`,
      },
    ];
  if (clock !== null || !isTrading)
    return [
      {
        what,
        kind: 'ok',
        text: `the newest is ${ageText(Math.max(0, age))} old${isTrading ? '' : ', the market is closed'}`,
      },
    ];
  if (age <= QUOTE_OLD) return [{ what, kind: 'ok', text: `alive, the newest is ${ageText(Math.max(0, age))} old` }];
  const text = `the newest is ${ageText(age)} old while the market trades: look at the terminal's market data, and at the clocks of both machines`;
  return [{ what, kind: 'fix', text }];
}

function calendarFinding({ calendarEnds, now }: ClientFacts): Finding {
  const what = 'calendar';
  const days = Math.floor((instantOf(calendarEnds, 0) + DAY - now) / DAY);
  const reach = `reaches to ${calendarEnds}`;
  if (days > CALENDAR_SOON) return { what, kind: 'ok', text: reach };
  const text = `${reach}, ${days < 0 ? 'which is over' : `${days} days from now`}: install a newer bt, or see that the gateway tells its own trading days (bt calendar)`;
  return { what, kind: days < 0 ? 'fix' : 'look', text };
}

function ledgerFinding({ name, running, trouble, bytes }: InstanceFact): Finding {
  const what = 'ledger';
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  if (trouble === null)
    return { what, kind: 'ok', text: `${name}: whole, ${size}${running ? ', its engine runs' : ''}` };
  return { what, kind: 'fix', text: `${name}: ${trouble}` };
}

function diskFinding({ disk }: ClientFacts): Finding {
  const what = 'disk';
  if (!disk.writable)
    return {
      what,
      kind: 'fix',
      text: `${disk.path} cannot be written: correct its rights, or name another place (RUNTIME_DIR)`,
    };
  if (disk.freeBytes === null) return { what, kind: 'skipped', text: `its room cannot be told (${disk.path})` };
  const free = `${(disk.freeBytes / GIGABYTE).toFixed(1)} GB free at ${disk.path}`;
  if (disk.freeBytes >= LITTLE_FREE) return { what, kind: 'ok', text: free };
  const text = `${free}: free some, nothing is sent when the ledger cannot be written`;
  return { what, kind: disk.freeBytes < LEAST_FREE ? 'fix' : 'look', text };
}

function channelsFinding({ channels }: ClientFacts): Finding {
  const what = 'messages';
  if (typeof channels === 'string') return { what, kind: 'fix', text: channels };
  if (channels.length > 0) return { what, kind: 'ok', text: `go to ${channels.join(', ')}; bt notify test tries them` };
  return { what, kind: 'look', text: 'no channel is set: nobody is told when something goes wrong (docs/notify.md)' };
}

function pageTokenFinding({ pageToken }: ClientFacts): Finding {
  const what = 'page token';
  if (pageToken === null) return { what, kind: 'ok', text: 'none is set: a page makes one at its start' };
  if (pageToken.length >= LEAST_TOKEN && looksReal(pageToken))
    return { what, kind: 'ok', text: `${pageToken.length} characters` };
  return {
    what,
    kind: 'fix',
    text: `PAGE_TOKEN has ${pageToken.length} characters and can be guessed: write a longer one, or leave it out`,
  };
}

function ageText(seconds: number): string {
  if (seconds < 120) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
