import type { SenderKey } from '../config/config.ts';
import { claimedStrategy, openEnvelope } from './envelope.ts';
import type { OpenedEnvelope } from './envelope.ts';
import { envelopeKeys } from './envelope-keys.ts';
import type { EnvelopeKeys } from './envelope-keys.ts';
import { legacyKey, openLegacyPacket } from './legacy-packet.ts';
import type { OpenedPacket } from './legacy-packet.ts';

/** The keys of all strategies, and what they open. Whoever has none of them is a stranger, whatever he says. */
export class Keyring {
  readonly #own: ReadonlyMap<string, EnvelopeKeys>;
  readonly #legacy: readonly { readonly strategy: string; readonly key: Buffer }[];

  private constructor(own: ReadonlyMap<string, EnvelopeKeys>, legacy: Keyring['legacyKeys']) {
    this.#own = own;
    this.#legacy = legacy;
  }

  /** Takes a tenth of a second for each strategy. */
  static async of(senders: readonly SenderKey[]): Promise<Keyring> {
    const own = new Map<string, EnvelopeKeys>();
    for (const { strategy, passphrase, legacy } of senders)
      if (!legacy) own.set(strategy, await envelopeKeys(passphrase, strategy));
    const older = senders.filter(({ legacy }) => legacy);
    return new Keyring(
      own,
      older.map(({ strategy, passphrase }) => ({ strategy, key: legacyKey(passphrase) })),
    );
  }

  /** By which strategies the older packets may come. */
  get legacyKeys(): readonly { readonly strategy: string; readonly key: Buffer }[] {
    return this.#legacy;
  }

  /** An envelope of ours with the keys that opened it; null = a stranger's. */
  openEnvelope(bytes: Buffer): { readonly opened: OpenedEnvelope; readonly keys: EnvelopeKeys } | null {
    const keys = this.#own.get(claimedStrategy(bytes) ?? '');
    const opened = keys === undefined ? null : openEnvelope(bytes, keys);
    return keys === undefined || opened === null ? null : { opened, keys };
  }

  /** A packet of the older sender, and whose key opened it; null = a stranger's. */
  openLegacy(encrypted: string): (OpenedPacket & { readonly strategy: string }) | null {
    for (const { strategy, key } of this.#legacy) {
      const opened = openLegacyPacket(encrypted, key);
      if (opened !== null) return { ...opened, strategy };
    }
    return null;
  }
}
