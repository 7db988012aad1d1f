import type { DoctorFacts, Finding } from './facts.ts';

const LEAST_TOKEN = 12;
const LEAST_LETTERS = 6;

export function isLocal(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

export function checkListen({ listen, platform }: DoctorFacts): Finding[] {
  const { host, port, state, detail, firewallOpen } = listen;
  const at = `${host}:${port}`;
  const found: Record<typeof state, Finding> = {
    free: { what: 'port', kind: 'ok', text: `${at} is free` },
    server: { what: 'port', kind: 'ok', text: `a server answers at ${at}: ${detail}` },
    refused: {
      what: 'port',
      kind: 'fix',
      text: `a server answers at ${at} and does not know this token: use the one it was started with`,
    },
    taken: {
      what: 'port',
      kind: 'fix',
      text: `${at} is taken by another program (${detail}): name another with --port`,
    },
  };
  if (isLocal(host)) return [found[state], { what: 'firewall', kind: 'ok', text: 'only this machine reaches it' }];
  return [found[state], firewall(port, platform, firewallOpen)];
}

function firewall(port: number, platform: string, isOpen: boolean | null): Finding {
  const what = 'firewall';
  const rule = `netsh advfirewall firewall add rule name="bt server" dir=in action=allow protocol=TCP localport=${port}`;
  if (platform !== 'win32') return { what, kind: 'skipped', text: `see that it lets TCP ${port} in` };
  if (isOpen === null) return { what, kind: 'skipped', text: `it was not told: as administrator run ${rule}` };
  if (isOpen) return { what, kind: 'ok', text: 'the rule "bt server" is there' };
  return { what, kind: 'look', text: `no rule "bt server" is there: as administrator run ${rule}` };
}

/** None is a fault everywhere: real money is behind the server. A short or plain one is a fault only where others can reach the port. */
export function checkToken({ token, listen }: DoctorFacts): Finding {
  const what = 'token';
  const make = 'make one with: node -p "crypto.randomUUID()", and put it into .env as QMT_SERVER_TOKEN';
  const local = isLocal(listen.host);
  if (token === null)
    return { what, kind: 'fix', text: `none is set, and the server does not start without one: ${make}` };
  const letters = new Set(token).size;
  if (token.length >= LEAST_TOKEN && letters >= LEAST_LETTERS)
    return { what, kind: 'ok', text: `${token.length} characters` };
  const weak =
    token.length < LEAST_TOKEN ? `it has ${token.length} characters` : `it is made of ${letters} different characters`;
  return { what, kind: local ? 'look' : 'fix', text: `${weak}: ${make}` };
}
