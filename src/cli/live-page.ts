import { openThreadPage } from '../page/server/thread-page.ts';
import { keepSecret } from '../platform/exit-text.ts';
import type { Log } from '../platform/log.ts';
import { say } from './say.ts';
import { systemTimers } from '../platform/timers.ts';
import { packageVersion } from './package-info.ts';
import { pageLine, pageSecrets } from './page-options.ts';
import type { PagePlan } from './page-options.ts';

export interface LivePageParts {
  readonly folder: string;
  /** Settings of the run: what is secret in them stands in no answer. */
  readonly env: Readonly<Record<string, string>>;
  readonly log: Log;
  /** Closes it with the run. */
  readonly opened: AsyncDisposableStack;
}

/** Serves the page of a run, from before it has a gateway until its end. Throws what kept it from being opened. */
export async function openLivePage(plan: PagePlan, { folder, env, log, opened }: LivePageParts): Promise<void> {
  for (const warning of plan.warnings) log.warning(warning);
  const secrets = pageSecrets(plan, env);
  const page = await openThreadPage(
    { options: plan.options, version: packageVersion(), folder, secrets },
    log.child('page'),
    systemTimers,
  );
  opened.defer(() => page.stop());
  say(`${pageLine(plan, page.port)}\n`);
  keepSecret(plan.options.token);
}
