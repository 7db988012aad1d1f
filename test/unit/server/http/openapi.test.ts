import { expect, test } from 'vitest';
import { API_ROOT, API_ROUTES } from '../../../../src/server/http/api/routes.ts';
import { openApi } from '../../../../src/server/http/api/openapi.ts';
import { startHttpWorld } from './http-world.ts';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
}

const description = openApi(API_ROUTES, API_ROOT) as {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Record<string, unknown>> };
};

test('each route is described once, under its own name, with what its path names', () => {
  const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, operation })),
  );
  expect(operations.map(({ operation }) => operation.operationId).toSorted()).toEqual(
    API_ROUTES.map(({ id }) => id).toSorted(),
  );
  expect(new Set(API_ROUTES.map(({ id }) => id)).size).toBe(API_ROUTES.length);
  for (const { path, operation } of operations) {
    const named = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
    const inPath = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual(named);
  }
});

test('every reference in it leads somewhere, and nothing is left of what only a schema alone needs', () => {
  const text = JSON.stringify(description);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/gu)].map(([, name = '']) => name);
  expect(references.length).toBeGreaterThan(20);
  for (const name of references) expect(Object.keys(description.components.schemas)).toContain(name);
  expect(text).not.toMatch(/"\$(?:schema|id|defs)"/u);
});

test('placing needs a body and a key', () => {
  const place = description.paths[`${API_ROOT}/orders`]?.['post'];
  expect(place?.requestBody).toMatchObject({ required: true });
  expect(place?.parameters).toContainEqual(
    expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
  );
  expect(description.components.schemas['NewOrder']).toMatchObject({ additionalProperties: false });
});

test('it and the page are served to everybody, and the page loads nothing', async () => {
  const world = await startHttpWorld({ token: 'a long token of ours' });
  const served = await world.ask(`${API_ROOT}/openapi.json`);
  expect(served.json()).toEqual(JSON.parse(JSON.stringify(description)));
  const page = await world.ask('/docs');
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  for (const { path } of API_ROUTES) expect(page.text).toContain(`${API_ROOT}${path}`);
  expect(page.text).not.toMatch(/<script|src=|https?:\/\//u);
});
