import { onTestFinished } from 'vitest';
import { openPage } from '../../../src/page/server/index.ts';
import { nullLog } from '../../../src/platform/log.ts';
import { FakeSource } from '../../unit/page/fake-source.ts';

export const TOKEN = 'correct-horse-battery';

export interface MadeUp {
  readonly url: string;
  readonly source: FakeSource;
  /** Ends its server. */
  stop(): Promise<void>;
  /** Serves at the same address again. */
  again(): Promise<void>;
}

/** The page before instances that a test makes up. */
export async function serveMadeUp(source = new FakeSource(), language: 'en' | 'zh' | null = null): Promise<MadeUp> {
  const serve = (port: number) =>
    openPage({
      options: { host: '127.0.0.1', port, token: TOKEN, tls: null, origin: null, language },
      source,
      log: nullLog,
      version: '0.0.0',
    });
  let page = await serve(0);
  const { port } = page;
  onTestFinished(() => page.stop());
  return {
    url: `http://127.0.0.1:${port}/`,
    source,
    stop: () => page.stop(),
    again: async () => {
      page = await serve(port);
    },
  };
}
