import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/protocol/json.ts';
import {
  FAULT_KINDS,
  faultPlanText,
  generateFaultPlan,
  parseFaultPlan,
  readFaultPlan,
} from '../../../../src/server/faults/index.ts';
import { payloadOf, scratchFolder, startWorld } from '../world.ts';
import { faulty, place } from './faulty-world.ts';

describe('a plan that cannot be used names the field', () => {
  test.each<[unknown, RegExp]>([
    [7, /it: /u],
    [{}, /faults: /u],
    [{ faults: [], sede: 1 }, /sede/u],
    [{ faults: [{}] }, /faults\[0\]\.kind is missing.*drop, cut/u],
    [{ faults: [{ kind: 'drop' }, { kind: 'dorp' }] }, /faults\[1\]\.kind is "dorp"/u],
    [{ faults: [{ kind: 'drop', when: 'during' }] }, /faults\[0\]\.when: .*"before"/u],
    [{ faults: [{ kind: 'drop', action: 'broker.place' }] }, /faults\[0\]\.action: .*no action/u],
    [{ faults: [{ kind: 'drop', nth: 0 }] }, /faults\[0\]\.nth/u],
    [{ faults: [{ kind: 'drop', probability: 2 }] }, /faults\[0\]\.probability/u],
    [{ faults: [{ kind: 'drop', from: 'yesterday' }] }, /faults\[0\]\.from: .*2026-07-06/u],
    [{ faults: [{ kind: 'delay' }] }, /faults\[0\]\.ms: .*holds the request back/u],
    [{ faults: [{ kind: 'error', code: 'oops' }] }, /faults\[0\]\.code: is no error code/u],
    [{ faults: [{ kind: 'drop', sometimes: true }] }, /sometimes/u],
  ])('%j', (value, message) => {
    expect(() => parseFaultPlan(value, 'plan.json')).toThrow(message);
    expect(() => parseFaultPlan(value, 'plan.json')).toThrow(
      /^The faults of plan\.json cannot be used: .*--faults a seed\.$/u,
    );
  });

  test('a file that is not there, or no JSON', () => {
    const path = join(scratchFolder(), 'plan.json');
    expect(() => readFaultPlan(path)).toThrow(/plan\.json cannot be used: it cannot be read/u);
    writeFileSync(path, '{');
    expect(() => readFaultPlan(path)).toThrow(/it is no JSON/u);
  });

  test.each(['restart', 'clock_jump', 'order_ids', 'order_ids_again', 'asset_lag'])(
    '%s needs the simulated market',
    async (kind) => {
      const extra = kind === 'clock_jump' ? { seconds: 5 } : {};
      const plan = parseFaultPlan({ faults: [{ kind: 'drop' }, { kind, ...extra }] }, 'p.json');
      await expect(startWorld({ market: 'reference', faults: { plan } })).rejects.toMatchObject({
        code: 'BAD_FAULTS',
        message: expect.stringMatching(new RegExp(`faults\\[1\\] \\(${kind}\\) needs --market simulated`, 'u')),
      });
    },
  );
});

describe('which requests a fault takes', () => {
  /** Numbers of the requests, from 1, that were befallen. */
  async function taken(selector: JsonObject, requests: readonly JsonObject[], seed = 1): Promise<number[]> {
    const world = await faulty([{ kind: 'delay', ms: 0, ...selector }], {}, seed);
    const client = await world.open();
    for (const [index, payload] of requests.entries()) await client.request('broker.account', payload, `${index + 1}`);
    return world.events.map(({ id }) => Number(id));
  }
  const six = Array.from({ length: 6 }, (_, index) => ({ tag: index % 2 === 0 ? 'even' : 'odd one' }));

  test('all, the n-th, several, at most so many', async () => {
    expect(await taken({}, six)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await taken({ nth: 3 }, six)).toEqual([3]);
    expect(await taken({ nth: [2, 5] }, six)).toEqual([2, 5]);
    expect(await taken({ times: 2 }, six)).toEqual([1, 2]);
  });

  test('by their fields; the n-th counts those that fit', async () => {
    expect(await taken({ match: { tag: 'even' } }, six)).toEqual([1, 3, 5]);
    expect(await taken({ match: { tag: { contains: 'one' } }, nth: 2 }, six)).toEqual([4]);
  });

  test('by market time', async () => {
    expect(await taken({ from: '2026-07-06 09:34:31' }, six)).toEqual([]);
    expect(await taken({ from: '2026-07-06 09:34:30', until: '2026-07-06 09:34:31' }, six)).toHaveLength(6);
    expect(await taken({ until: '2026-07-06 09:34:30' }, six)).toEqual([]);
  });

  test('by chance, the same for the same seed', async () => {
    const many = Array.from({ length: 60 }, () => ({}));
    const first = await taken({ probability: 0.3 }, many, 5);
    expect(first.length).toBeGreaterThan(5);
    expect(first.length).toBeLessThan(40);
    expect(await taken({ probability: 0.3 }, many, 5)).toEqual(first);
    expect(await taken({ probability: 0.3 }, many, 6)).not.toEqual(first);
  });

  test('not those of other actions', async () => {
    const world = await faulty([{ kind: 'delay', ms: 0, action: 'broker.orders' }]);
    await (await world.open()).request('broker.account');
    expect(world.events).toEqual([]);
  });
});

describe('the plan of a seed', () => {
  const seeds = Array.from({ length: 300 }, (_, seed) => seed);

  test('is the same each time, and another for another seed', () => {
    for (const seed of seeds) expect(generateFaultPlan(seed)).toEqual(generateFaultPlan(seed));
    const texts = new Set(seeds.map((seed) => faultPlanText(generateFaultPlan(seed))));
    expect(texts.size).toBe(seeds.length);
  });

  test('is known by heart: a seed that changes its meaning cannot replay a failure', () => {
    expect(faultPlanText(generateFaultPlan(7, { events: 3 }))).toMatchInlineSnapshot(`
      "{
        "seed": 7,
        "faults": [
          {"kind":"remark","mode":"missing","length":20},
          {"kind":"trade_ids"},
          {"kind":"asset_unfrozen"},
          {"kind":"wrong_id","action":"broker.positions","nth":8,"mode":"previous"},
          {"kind":"wrong_id","action":"broker.place_order","probability":0.16,"times":3,"mode":"other"},
          {"kind":"restart","action":"broker.cancel_order","probability":0.14,"times":4,"when":"before","memory":"book","down_ms":3400}
        ]
      }
      "
    `);
  });

  test('is a plan that a file may hold', () => {
    for (const seed of seeds) {
      const plan = generateFaultPlan(seed);
      const read = parseFaultPlan(JSON.parse(faultPlanText(plan)), plan.name);
      expect(read.faults.map(({ kind }) => kind)).toEqual(plan.faults.map(({ kind }) => kind));
    }
  });

  test('draws every kind a live system must survive, the others by name, and both sides of the execution', () => {
    const drawn = seeds.flatMap((seed) => generateFaultPlan(seed).faults);
    expect(new Set(drawn.map(({ kind }) => kind))).toEqual(
      new Set(FAULT_KINDS.filter(({ seeded }) => seeded).map(({ kind }) => kind)),
    );
    const asked = FAULT_KINDS.filter(({ seeded }) => !seeded).map(({ kind }) => kind);
    expect(asked).toEqual(['account_id', 'foreign_rows']);
    const named = seeds.flatMap((seed) => generateFaultPlan(seed, { kinds: asked }).faults);
    expect(new Set(named.map(({ kind }) => kind))).toEqual(new Set(asked));
    for (const kind of ['drop', 'delay', 'error', 'submit_unknown', 'empty_id', 'restart']) {
      const sides = drawn.filter((fault) => fault.kind === kind).map((fault) => fault['when']);
      expect(new Set(sides)).toEqual(new Set(['before', 'after']));
    }
  });

  test('holds only what was asked for', () => {
    const plan = generateFaultPlan(3, { kinds: ['drop', 'late'], events: 20 });
    expect(plan.faults).toHaveLength(20);
    expect(new Set(plan.faults.map(({ kind }) => kind))).toEqual(new Set(['drop', 'late']));
  });

  test('fits the reference market when told so', async () => {
    for (const seed of seeds.slice(0, 40)) {
      const plan = generateFaultPlan(seed, { market: 'reference' });
      const kinds = new Set(plan.faults.map(({ kind }) => kind));
      for (const kind of ['restart', 'clock_jump', 'order_ids', 'order_ids_again', 'asset_lag'])
        expect(kinds).not.toContain(kind);
    }
    await expect(
      startWorld({ market: 'reference', faults: { plan: generateFaultPlan(1, { market: 'reference' }) } }),
    ).resolves.toBeDefined();
  });
});

test('two servers with one seed do the same to the same requests', async () => {
  const runs: unknown[][] = [];
  for (let run = 0; run < 2; run += 1) {
    const kinds = ['error', 'submit_unknown', 'empty_id', 'trades', 'orders', 'status', 'remark'];
    const world = await startWorld({ faults: { plan: generateFaultPlan(11, { kinds }) }, accessLog: false });
    const client = await world.open();
    const answers: unknown[] = [];
    for (let n = 0; n < 10; n += 1) {
      const placed = await place(client, { order_remark: `r${n}` });
      answers.push(placed, payloadOf(await client.request('broker.account')));
      answers.push((await client.request('broker.orders', {}, `o${n}`))['payload']);
    }
    runs.push([...answers, world.server.faults()?.counts]);
  }
  expect(runs[1]).toEqual(runs[0]);
});
