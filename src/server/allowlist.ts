import { BlockList, isIP } from 'node:net';

import { BtError } from '../domain/errors.ts';

/** Decides whether a peer's address may connect. */
export type Admission = (address: string) => boolean;

const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Who may connect: addresses and CIDR blocks, IPv4 and IPv6; an empty list admits everybody.
 * An entry that cannot be read throws BtError BAD_ALLOWLIST: a list that silently lost an entry would admit or refuse the wrong peers.
 */
export function admission(entries: readonly string[]): Admission {
  if (entries.length === 0) return () => true;
  const list = new BlockList();
  for (const entry of entries) addEntry(list, entry.trim());
  return (address) => {
    const plain = plainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** Splits `10.0.0.0/8,192.168.1.5;::1` into its entries. */
export function parseAllowlist(text: string): string[] {
  return text
    .split(/[,;]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/');
  const plain = plainAddress(address);
  const family = isIP(plain);
  if (family === 0 || rest.length > 0) throw badEntry(entry);
  const type = family === 4 ? 'ipv4' : 'ipv6';
  if (prefix === undefined) {
    list.addAddress(plain, type);
    return;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  // The prefix of a mapped address counts the 96 bits in front of the IPv4 part.
  const own = plain === address ? bits : bits - 96;
  if (!(own >= 0 && own <= (family === 4 ? 32 : 128))) throw badEntry(entry);
  list.addSubnet(plain, own, type);
}

/** A peer that reaches an IPv6 socket over IPv4 shows up as `::ffff:1.2.3.4`; a link-local address carries its zone. */
function plainAddress(address: string): string {
  const text = address.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '');
  return MAPPED_IPV4.exec(text)?.[1] ?? text;
}

function badEntry(entry: string): BtError {
  return new BtError(
    'BAD_ALLOWLIST',
    `The allow-list entry "${entry}" is no address and no CIDR block. Write entries like 192.168.1.5, 10.0.0.0/8, ::1 or fd00::/8.`,
    { fault: 'config' },
  );
}
