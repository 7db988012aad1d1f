import { checkListen, checkToken } from './check-listen.ts';
import {
  checkAccounts,
  checkOther,
  checkPython,
  checkQuotes,
  checkSdk,
  checkTerminal,
  checkUserdata,
} from './check-qmt.ts';
import type { DoctorFacts, Finding } from './facts.ts';

const NEWEST_MAJOR = 24;
/** Seconds by which the machine's clock may be off before it is told. */
const CLOCK_LIMIT = 2;
const CLOCK_ADVICE = 'set it with "w32tm /resync" as administrator';

/** Every line, in the order in which a person puts things right. */
export function findingsOf(facts: DoctorFacts): Finding[] {
  return [
    checkNodeVersion(facts.node),
    checkPython(facts),
    checkSdk(facts),
    checkUserdata(facts),
    checkTerminal(facts),
    ...checkAccounts(facts),
    ...facts.others.flatMap(checkOther),
    checkQuotes(facts),
    ...checkListen(facts),
    clockFinding(facts.clockAhead, CLOCK_ADVICE),
    checkToken(facts),
  ];
}

export function checkNodeVersion(node: string): Finding {
  const what = 'Node';
  const major = Number(node.split('.')[0]);
  if (major >= NEWEST_MAJOR) return { what, kind: 'ok', text: node };
  return { what, kind: 'fix', text: `${node} is too old: install ${NEWEST_MAJOR} or newer from https://nodejs.org` };
}

/** `advice`: how this machine's clock is set. */
export function clockFinding(clockAhead: number | null, advice: string): Finding {
  const what = 'clock';
  if (clockAhead === null)
    return { what, kind: 'skipped', text: 'no time server answered: see that this machine sets the time by itself' };
  const off = Math.abs(clockAhead);
  const side = clockAhead > 0 ? 'ahead' : 'behind';
  if (off <= CLOCK_LIMIT) return { what, kind: 'ok', text: `${off.toFixed(1)} s ${side}` };
  return { what, kind: 'fix', text: `${off.toFixed(0)} s ${side}: ${advice}` };
}
