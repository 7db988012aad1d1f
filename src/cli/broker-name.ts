import { BtError } from '../domain/errors.ts';
import type { Settings } from './settings.ts';

/** What a paper market of its own is spoken to as, when nothing else is said. */
const OF_A_STUB = 'qmt-remote';

/** The broker a command is to use: `--broker`, DEFAULT_BROKER; a paper market needs none. Throws BAD_CONFIG when neither is given. */
export function brokerName(settings: Settings, withStub = false): string {
  const name = settings.text({ flag: '--broker', variables: ['DEFAULT_BROKER'] });
  if (name !== null) return name;
  if (withStub) return OF_A_STUB;
  const hasGateway = settings.find({ variables: ['QMT_SERVER_HOST', 'QMT_HTTP_URL'] }) !== null;
  const text = hasGateway
    ? '--broker is missing: write --broker qmt-remote (QMT_SERVER_*) or qmt-http (QMT_HTTP_*), or DEFAULT_BROKER into .env.local.'
    : `No gateway is named.\n${FIRST_STEPS}`;
  throw new BtError('BAD_CONFIG', text, { fault: 'config' });
}

/** Where somebody goes on who has no settings yet. */
export const FIRST_STEPS = `Try it on a paper market, which needs no account and no gateway:
  bt live FILE --with-stub --at '2026-07-06 09:34:30' --speed 30 --until 09:41
Or trade through a gateway: write these three into .env.local (bt init makes the file), and add --broker qmt-remote:
  QMT_SERVER_HOST=192.168.1.10
  QMT_SERVER_PORT=58620
  QMT_SERVER_TOKEN=what the gateway was started with`;

/** Adds the first steps to what a gateway's settings lack, when there are none at all. */
export function withFirstSteps(error: unknown, env: Readonly<Record<string, string>>): unknown {
  const isEmpty = !Object.keys(env).some((name) => /^QMT_(?:SERVER|HTTP)_/u.test(name));
  if (!(error instanceof BtError) || error.code !== 'CONFIG_INVALID' || !isEmpty) return error;
  return new BtError(error.code, `${error.message}\n${FIRST_STEPS}`, { fault: error.fault, cause: error });
}
