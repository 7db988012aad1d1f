import { parametersOf } from './openapi.ts';
import type { ApiRoute } from './route.ts';

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}' +
  'code{font-family:ui-monospace,monospace}h2{margin-top:2rem}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0}' +
  '@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}a{color:#8bf}}';

/** Nothing is loaded and no script runs. */
export const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** The description for people, from the same list; it loads nothing from anywhere. */
export function pageHtml(routes: readonly ApiRoute[], root: string): string {
  const sections = routes.map((one) => section(one, root)).join('');
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bt server</title><style>${STYLE}</style></head><body>` +
    '<h1>bt server</h1><p>Prices in CNY, amounts in shares, times of Shanghai; <code>null</code> is what is not told. Send ' +
    '<code>Authorization: Bearer TOKEN</code>. Failures are <code>application/problem+json</code>; branch on <code>code</code>. ' +
    `The shapes of bodies and answers: <a href="${root}/openapi.json">openapi.json</a>.</p>${sections}</body></html>`
  );
}

function section(one: ApiRoute, root: string): string {
  const rows = parametersOf(one).map(
    ({ name, in: where, required, description = '' }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${where}${required ? ', required' : ''}</td><td>${escaped(description)}</td></tr>`,
  );
  const table = rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
  return `<h2><code>${one.method} ${escaped(root + one.path)}</code></h2><p>${escaped(one.summary)}</p>${table}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
