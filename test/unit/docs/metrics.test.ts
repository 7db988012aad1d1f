import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { addProcessMetrics, createInstruments } from '../../../src/metrics/instruments.ts';
import { createLog } from '../../../src/platform/log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

interface Described {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

const read = (path: string): string => readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');
const { registry } = createInstruments();
const own = registry.getMetricsAsArray() as unknown as Described[];
const kinds = new Map((await registry.getMetricsAsJSON()).map(({ name, type }) => [name, String(type)]));
addProcessMetrics(registry);
const all = new Set(registry.getMetricsAsArray().map(({ name }) => name));
afterAll(() => registry.clear());

const DOCUMENTS = ['metrics.md', 'metrics.zh-CN.md'];

describe.each(DOCUMENTS)('docs/%s', (document) => {
  test('has a row for each metric with its type and labels, and for no other', () => {
    const rows = [...read(document).matchAll(/^\| `(bt_\w+)` \| (\w+) \|([^|]*)\|/gmu)];
    const told = rows.map(([, name, type, labels = '']) => [name, type, labels.match(/\w+/gu) ?? []]);
    const there = own.map(({ name, labelNames }) => [name, kinds.get(name), labelNames]);
    expect(told).toHaveLength(there.length);
    expect(told).toEqual(expect.arrayContaining(there));
  });

  test('names only metrics of the process that there are', () => {
    const named = read(document).match(/\b(?:process|nodejs)_\w+/gu) ?? [];
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((name) => !all.has(name))).toEqual([]);
  });

  test('names every member that a line of the log may have', () => {
    const file = `${temporaryFolder('log')}/log`;
    const log = createLog({ file, level: 'debug', screen: false });
    const ids = { order_id: 'o', call_id: 'c', client_id: 'i', tag: 't', broker_order_id: 'b' };
    log.write({ level: 'info', source: 'order', text: 'x', time: null, fields: { a: 1 }, ids });
    log.close();
    const members = Object.keys(JSON.parse(readFileSync(file, 'utf8')) as object);
    const logs = read(document).split(/^## (?:Logs|日志)$/mu)[1] ?? '';
    const rows = [...logs.matchAll(/^\| `(\w+)` \|/gmu)].map(([, name]) => name);
    expect(new Set(rows)).toEqual(new Set(members));
  });
});

test.each(['monitoring/prometheus-rules.yml', 'monitoring/grafana-dashboard.json'])(
  '%s names only metrics there are',
  (file) => {
    const named = new Set(
      [...read(file).matchAll(/\b(?:bt|process|nodejs)_[a-z0-9_]+/gu)].map(([name]) =>
        name.replace(/_(?:bucket|sum|count)$/u, ''),
      ),
    );
    expect(named.size).toBeGreaterThan(10);
    expect([...named].filter((name) => !all.has(name))).toEqual([]);
  },
);

test('the board and the rules name only outcomes and kinds there are', () => {
  const text = read('monitoring/prometheus-rules.yml') + read('monitoring/grafana-dashboard.json');
  const outcomes = [...text.matchAll(/outcome=~?\\?"([a-z_|]+)/gu)].flatMap(([, names = '']) => names.split('|'));
  const known = read('metrics.md');
  expect(outcomes.length).toBeGreaterThan(3);
  expect(outcomes.filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
});

test('the board is a document that Grafana imports: panels with places of their own that do not overlap', () => {
  const { panels } = JSON.parse(read('monitoring/grafana-dashboard.json')) as {
    panels: { id: number; gridPos: { x: number; y: number; w: number; h: number }; targets: { expr: string }[] }[];
  };
  const taken = new Set<string>();
  for (const { gridPos } of panels)
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken.has(`${x} ${y}`)).toBe(false);
        expect(x).toBeLessThan(24);
        taken.add(`${x} ${y}`);
      }
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});

test('names follow the conventions: a counter ends with _total, a time is in seconds, a label has no text of a market', () => {
  for (const { name, labelNames } of own) {
    const type = kinds.get(name);
    expect(name.endsWith('_total'), name).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_seconds$/u);
    expect(name).not.toMatch(/_(?:ms|millis|milliseconds|kb|mb|percent)\b/u);
    for (const label of labelNames)
      expect(['security', 'order', 'order_id', 'reason', 'text', 'task']).not.toContain(label);
  }
});
