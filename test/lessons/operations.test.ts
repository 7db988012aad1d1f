import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { afterEach, describe, expect, test } from 'vitest';
import { allCommands } from '../../src/cli/commands.ts';
import { chinaInstant } from '../../src/domain/time.ts';
import { FAULT_KINDS, generateFaultPlan } from '../../src/server/faults/index.ts';
import { createWorld } from '../unit/engine/orders/world.ts';
import type { World } from '../unit/engine/orders/world.ts';
import { FakeEngine } from '../unit/engine/strategy/fake-engine.ts';
import { start as startStrategy } from '../unit/engine/strategy/running.ts';
import { allTitles } from './titles.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const GUIDES = ['README.md', 'README.zh-CN.md'];
const DOCUMENTS = [...GUIDES, 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/decisions.md'];
const limit = { kind: 'limit', limitPrice: 9.9 } as const;

/**
 * The doors that others come in by, the page's own requests to the program that served it, the gateway that is spoken to by HTTP, and
 * the one place from which messages leave.
 */
const MAY_USE_HTTP =
  /^src\/(?:net\/http\/|page\/client\/state\/requests\.ts$|server\/http|venues\/qmt-http\/|notify\/channels\/http-post\.ts$)/u;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> }).scripts;

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function open(options: Parameters<typeof createWorld>[0] = {}): Promise<World> {
  const world = await createWorld(options);
  worlds.push(world);
  return world;
}

describe('running', () => {
  test('B10: while a strategy hangs in a hook, orders are followed', async () => {
    const world = await open();
    await world.settle(world.order({ style: limit }));
    const engine = new FakeEngine();
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<never[]>();
    engine.orders = () => {
      asked.resolve();
      return answer.promise;
    };
    const running = await startStrategy('function initialize() { get_orders(); }', { engine });
    try {
      const hanging = running.hook('initialize');
      await asked.promise;
      world.broker.fill('1000', 100);
      await world.pass(2_000);
      expect(world.trading.book.views()).toMatchObject([{ state: 'filled', filled: 100 }]);
      answer.resolve([]);
      expect(await hanging).toEqual({ kind: 'ok' });
    } finally {
      await running.close();
    }
  });

  test('B12: what cannot be read before the day is no alarm until 09:00, and one then', async () => {
    const world = await open({ start: '08:40:00' });
    const alarms = (): number => world.lines.filter((line) => line.text.startsWith('ALARM')).length;
    world.broker.readsFail = true;
    const opening = world.trading.gate.reconcile('the day begins');
    await world.pass(60_000);
    expect(alarms()).toBe(0);
    await world.clock.walk(chinaInstant('2026-07-06', '09:00:00'));
    await world.pass(60_000);
    expect(alarms()).toBe(1);
    world.broker.readsFail = false;
    await world.settle(opening);
  });

  test('B13: a venue that does not call itself a stub gets orders only when that was allowed', async () => {
    for (const real of [false, true]) {
      const world = await open({ real });
      world.broker.health = () => Promise.resolve({ stub: false, backendReady: true, detail: '', clock: null });
      if (real) await world.restart();
      else await expect(world.restart()).rejects.toMatchObject({ code: 'REAL_UNDECIDED' });
      await world.settle(world.order({ style: limit }));
      expect(world.broker.placed).toHaveLength(real ? 1 : 0);
    }
  });

  test('D13: a gateway that answers while its back end is not logged in is not ready: nothing trades', async () => {
    const world = await open();
    world.broker.backendReady = false;
    const opening = world.restart();
    await world.pass(10_000);
    expect(world.trading.gate.reason()).toContain('not ready');
    expect(await world.settle(world.order({ style: limit }))).toBeNull();
    world.broker.backendReady = true;
    await opening;
    expect(await world.settle(world.order({ style: limit }))).toMatchObject({ state: 'accepted' });
  });
});

describe('proof', () => {
  test('B19: a seed draws the same faults each time, other seeds others, and together every kind', () => {
    const drawn = Array.from({ length: 200 }, (_, seed) => JSON.stringify(generateFaultPlan(seed).faults));
    expect(Array.from({ length: 200 }, (_, seed) => JSON.stringify(generateFaultPlan(seed).faults))).toEqual(drawn);
    expect(new Set(drawn).size).toBe(200);
    const text = drawn.join();
    expect(
      FAULT_KINDS.filter(({ seeded }) => seeded)
        .map(({ kind }) => kind)
        .filter((kind) => !text.includes(`"kind":"${kind}"`)),
    ).toEqual([]);
  });

  test('B20: what a venue must do is numbered without gaps, and held against the gateway’s venue', () => {
    const titles = allTitles();
    for (const [file, letter] of [
      ['broker', 'B'],
      ['provider', 'P'],
    ] as const) {
      const numbers = titles
        .filter(({ path }) => path === join('contract', `${file}.contract.ts`))
        .flatMap(({ text }) => new RegExp(`^${letter}(\\d\\d) `, 'u').exec(text)?.[1] ?? []);
      expect(numbers).toEqual(numbers.map((_, i) => String(i + 1).padStart(2, '0')));
      expect(numbers.length).toBeGreaterThan(10);
    }
    expect(read('test/contract/qmt-remote.test.ts')).toMatch(/^brokerContract\(.*qmt-remote/mu);
  });

  test('D19: the program talks to its gateway, and to whom the user named for messages, alone: no request to any web site', () => {
    const sources = ['src', 'runtime'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((path) => /\.(?:ts|js|cjs)$/u.test(path))
        .map((path) => join(folder, path))
        .filter((path) => !MAY_USE_HTTP.test(path)),
    );
    expect(sources.length).toBeGreaterThan(200);
    const web = /\bfetch\s*\(|\bWebSocket\b|\bXMLHttpRequest\b|['"]node:https?['"]|from ['"]https?['"]|['"]undici['"]/u;
    expect(sources.filter((path) => web.test(read(path)))).toEqual([]);
  });
});

describe('what is written for people', () => {
  /** Options of a command and of those below it. */
  const flagsOf = (command: Command): string[] => [
    ...command.options.flatMap(({ long }) => long ?? []),
    ...command.commands.flatMap(flagsOf),
  ];
  const commands = allCommands();

  test.each(GUIDES)('D12: %s begins with one command that trades, and goes on to the gateway', (path) => {
    const lines = read(path).split('\n');
    expect(lines.length).toBeLessThan(260);
    const first = lines.findIndex((line) => /^ {4}npm \w+$/u.test(line));
    const gateway = lines.findIndex((line) => /^ {4}npm run bt -- live .*--broker qmt-remote/u.test(line));
    expect(lines[first]?.trim()).toBe('npm start');
    expect(first).toBeLessThan(30);
    expect(gateway).toBeGreaterThan(first);
    const links = [...read(path).matchAll(/\]\(([\w./-]+)\)/gu)].map(([, target]) => target ?? '');
    expect(links.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
    const strategies = [...read(path).matchAll(/strategies\/[\w-]+\.ts/gu)].map(([file]) => file);
    expect(strategies.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test.each(DOCUMENTS)('D13: every command and option that %s names is there', (path) => {
    const text = read(path);
    const npm = [...text.matchAll(/npm run ([\w:-]+)/gu)].map(([, script]) => script ?? '');
    expect(npm.filter((script) => scripts[script] === undefined)).toEqual([]);
    const named = [...text.matchAll(/`bt ([a-z]+)\b|^ {4}bt ([a-z]+)\b|bt -- ([a-z]+)\b/gmu)].map(
      ([, inText, inBlock, byNpm]) => inText ?? inBlock ?? byNpm ?? '',
    );
    const known = new Set(commands.map((command) => command.name()));
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
    // Scripts other than bt have options of their own.
    const lines = text.split('\n').filter((line) => !/npm run (?!bt\b)|\bnpx\b|\bnode --/u.test(line));
    const flags = [...lines.join('\n').matchAll(/(?<![\w-])--[a-z][a-z-]+/gu)].map(([flag]) => flag);
    const all = new Set(['--help', '--version', ...commands.flatMap(flagsOf)]);
    expect([...new Set(flags)].filter((flag) => !all.has(flag))).toEqual([]);
  });
});
