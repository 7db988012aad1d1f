import type { PageOptions } from '../page/server/page-options.ts';
import { isLoopback } from '../page/server/page-options.ts';
import { isSecretName } from '../platform/exit-text.ts';
import { secretText } from '../platform/ids.ts';
import { readableFile } from './files.ts';
import { readAddress, shortToken } from './server-http.ts';
import { badValue } from './settings.ts';
import type { Given, Settings } from './settings.ts';

/** A page that is to be served. */
export interface PagePlan {
  readonly options: PageOptions;
  /** It was made up for this start: only the screen tells it. */
  readonly isNewToken: boolean;
  readonly warnings: readonly string[];
}

const DEFAULT: Given = { name: 'PAGE_LISTEN', value: '127.0.0.1:8787', origin: null };

/** The page of `bt live`; null = `--page` was not given. Throws BAD_CONFIG. */
export function readLivePage(settings: Settings): PagePlan | null {
  const given = settings.find({ flag: '--page' });
  return given === null ? null : readPagePlan(settings, given);
}

/** The page of `bt page`, at the address behind it, else PAGE_LISTEN's. Throws BAD_CONFIG. */
export function readOwnPage(settings: Settings, address: string | null): PagePlan {
  const named = address === null ? settings.find({ variables: ['PAGE_LISTEN'] }) : null;
  return readPagePlan(
    settings,
    address === null ? (named ?? DEFAULT) : { ...DEFAULT, name: 'bt page', value: address },
  );
}

function readPagePlan(settings: Settings, given: Given): PagePlan {
  const { host, port } = readAddress(given, '127.0.0.1:8787 or [::1]:8787');
  const token = settings.text({ variables: ['PAGE_TOKEN'] });
  const tls = readPageTls(settings);
  const options: PageOptions = {
    host,
    port,
    token: token ?? secretText(),
    tls,
    origin: readOrigin(settings),
    language: settings.choice({ variables: ['BT_LANG'] }, ['en', 'zh']),
  };
  const weak = token === null ? [] : shortToken(host, token);
  return {
    options,
    isNewToken: token === null,
    warnings: [
      ...weak.map((text) => text.replace('--token', 'PAGE_TOKEN')),
      ...(isLoopback(host) || tls !== null ? [] : [`the page is at ${host} without TLS: ${OPEN}`]),
    ],
  };
}

const OPEN =
  'whoever is on the way to it reads what it shows and can take a session over, and then stop and sell. Set PAGE_TLS_CERT and PAGE_TLS_KEY, or serve it at 127.0.0.1 and reach it through SSH';

function readPageTls(settings: Settings): PageOptions['tls'] {
  const [cert, key] = ['PAGE_TLS_CERT', 'PAGE_TLS_KEY'].map((name) => settings.find({ variables: [name] }));
  if (cert === null || cert === undefined || key === null || key === undefined) {
    const alone = cert ?? key ?? null;
    if (alone === null) return null;
    throw badValue(alone, 'both PAGE_TLS_CERT and PAGE_TLS_KEY, the files of a certificate and its key');
  }
  return { cert: readableFile('PAGE_TLS_CERT', cert.value), key: readableFile('PAGE_TLS_KEY', key.value) };
}

function readOrigin(settings: Settings): string | null {
  const given = settings.find({ variables: ['PAGE_ORIGIN'] });
  if (given === null) return null;
  const url = URL.parse(given.value);
  if (url !== null && url.origin === given.value && /^https?:$/u.test(url.protocol)) return given.value;
  throw badValue(given, 'the origin as a browser writes it, like https://desk.example');
}

/** Where the page is, for a person. A token that was made up is shown here, once, and nowhere from then on. */
export function pageLine({ options, isNewToken }: PagePlan, port: number): string {
  const { host, token, tls } = options;
  const shown = host.includes(':') ? `[${host}]` : host;
  const line = `PAGE ${tls === null ? 'http' : 'https'}://${shown}:${port}/`;
  return isNewToken ? `${line} log in with the token ${token}` : `${line} log in with the token of PAGE_TOKEN`;
}

/** Values that must stand in no answer of the page, beside its own token. */
export function pageSecrets({ options }: PagePlan, variables: Readonly<Record<string, string>>): string[] {
  const secrets = Object.entries(variables).flatMap(([name, value]) => (isSecretName(name) ? [value] : []));
  return [options.token, ...secrets];
}
