import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { API_ROUTES } from '../../../../src/server/http/api/routes.ts';
import { SANIC_ROUTES } from '../../../../src/server/http/sanic/routes.ts';

function read(path: string): string {
  return readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
}

test.each(['docs/http.md', 'docs/http.zh-CN.md'])(
  'the tables of %s are the routes of both doors, in their order',
  (path) => {
    const text = read(path);
    const ours = [...text.matchAll(/^\| (GET|POST) \| `(\S+)` \|/gmu)].map(([, method, route]) => `${method} ${route}`);
    expect(ours).toEqual(API_ROUTES.map((route) => `${route.method} ${route.path}`));
    const wrapped = [...text.matchAll(/^\| `(\/\S+)` \|/gmu)].map(([, route]) => route);
    expect(wrapped).toEqual([...SANIC_ROUTES.keys()]);
  },
);
