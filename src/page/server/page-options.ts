import type { TlsFiles } from '../../net/tls-files.ts';

/** Where the page is served, and to whom. */
export interface PageOptions {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** What logs in. */
  readonly token: string;
  readonly tls: TlsFiles | null;
  /** Under which origin something before us serves it, as `https://desk.example`; null = nothing does. */
  readonly origin: string | null;
  /** What BT_LANG says; null = the browser decides. */
  readonly language: 'en' | 'zh' | null;
}

/** Only programs of this machine reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
