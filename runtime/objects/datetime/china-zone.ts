import { Zone } from 'luxon';

const MINUTES = 8 * 60;

/**
 * Eight hours before UTC on every day. The zone database knows summers of 1986 to 1991 with an hour more, in which the clock of a
 * time without a zone, and of every day and time that data tell, would not be what luxon shows.
 */
export class ChinaZone extends Zone {
  override get type(): string {
    return 'fixed';
  }

  override get name(): string {
    return 'Asia/Shanghai';
  }

  override get isUniversal(): boolean {
    return true;
  }

  override offsetName(): string {
    return 'GMT+8';
  }

  override formatOffset(_ts: number, format: 'narrow' | 'short' | 'techie'): string {
    return { narrow: '+8', short: '+08:00', techie: '+0800' }[format];
  }

  override offset(): number {
    return MINUTES;
  }

  override equals(other: Zone): boolean {
    return other instanceof ChinaZone;
  }

  override get isValid(): boolean {
    return true;
  }
}
