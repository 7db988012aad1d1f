import { join, resolve } from 'node:path';
import { openPage } from '../page/server/index.ts';
import { pageSource } from '../page/server/source.ts';
import { keepSecret } from '../platform/exit-text.ts';
import { loadEnv } from '../platform/env.ts';
import { createLog } from '../platform/log.ts';
import { whenAborted } from '../platform/timers.ts';
import { say } from './say.ts';
import { FolderSource } from '../status/source.ts';
import { EXIT } from './failure.ts';
import { instanceRoot } from './instances.ts';
import { readLogLevels } from './log-options.ts';
import { packageVersion } from './package-info.ts';
import { pageLine, readOwnPage } from './page-options.ts';
import { screenColors } from './screen.ts';
import { Settings } from './settings.ts';
import { listenForInterrupts } from './signals.ts';
import { inLanguage } from '../words/in-language.ts';

/** Runs `bt page` until it is interrupted. Throws BtError before anything is opened when it cannot start. */
export async function runPage(address: string | null, flags: Readonly<Record<string, unknown>>): Promise<void> {
  const envFile = flags['envFile'];
  const env = loadEnv({ envFile: typeof envFile === 'string' ? envFile : null });
  const settings = new Settings(env, flags);
  const plan = readOwnPage(settings, address);
  const { root, explicit } = instanceRoot(flags);
  const log = createLog({
    ...readLogLevels(settings),
    screen: true,
    source: 'page',
    colors: screenColors(),
    say: inLanguage,
  });
  for (const warning of [...env.warnings, ...plan.warnings]) log.warning(warning);
  const interrupts = listenForInterrupts(() => process.exit(EXIT.interrupted), 2);
  const source = new FolderSource(explicit ? { folders: [resolve(root)] } : { root });
  try {
    const page = await openPage({ options: plan.options, source: pageSource(source), log, version: packageVersion() });
    say(`${pageLine(plan, page.port)}\n`);
    keepSecret(plan.options.token);
    log.info(`instances: ${explicit ? root : join(root, '*')}`);
    await new Promise<void>((done) => {
      whenAborted(interrupts.signal, done);
    });
    await page.stop();
  } finally {
    source.close();
    interrupts.release();
    log.close();
  }
}
