import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BtError } from '../../domain/errors.ts';

export interface Asset {
  readonly type: string;
  readonly body: string;
  readonly tag: string;
}

/** Files of the page by their path. */
export type Assets = ReadonlyMap<string, Asset>;

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

type Language = 'en' | 'zh';

/** What a browser loads first. It has no script and no style of its own; who has not logged in learns from it what BT_LANG says. */
const shell = (language: Language | null): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"${language === null ? '' : ` data-language="${language}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>bt</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
<script type="module" src="/page.js"></script>
</head>
<body><div id="page"></div><noscript>${language === 'zh' ? '此页面需要 JavaScript。' : 'This page needs JavaScript.'}</noscript></body>
</html>
`;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#14507a"/><path d="M6 22l6-7 5 4 9-11" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
`;

/** The page's script and style as `npm run build` has made them; a checkout makes them now, from the sources. `language`: what BT_LANG says. */
export async function loadAssets(language: Language | null = null): Promise<Assets> {
  const { js, css } = import.meta.url.endsWith('.ts') ? await fromSources() : fromPackage();
  return new Map([
    ['/', asset('html', shell(language))],
    ['/icon.svg', asset('svg', ICON)],
    ['/page.js', asset('js', js)],
    ['/page.css', asset('css', css)],
  ]);
}

interface Client {
  readonly js: string;
  readonly css: string;
}

async function fromSources(): Promise<Client> {
  const { buildClient } = await import('./build-client.ts');
  return buildClient();
}

function fromPackage(): Client {
  const folder = fileURLToPath(new URL('./page/', import.meta.url));
  const js = join(folder, 'client.js');
  const css = join(folder, 'client.css');
  if (!existsSync(js) || !existsSync(css)) {
    throw new BtError('PAGE_NOT_BUILT', 'The package lacks the files of the page. Install it again.', {
      fault: 'config',
    });
  }
  return { js: readFileSync(js, 'utf8'), css: readFileSync(css, 'utf8') };
}

function asset(type: keyof typeof TYPES, body: string): Asset {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  return { type: TYPES[type], body, tag };
}
