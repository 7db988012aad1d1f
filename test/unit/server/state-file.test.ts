import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readState, readStateAnchor, writeState } from '../../../src/server/state-file.ts';
import type { ServerState } from '../../../src/server/state-file.ts';
import { lockState } from '../../../src/server/state-lock.ts';
import { scratchFolder } from './world.ts';

const STATE: ServerState = {
  market: 'simulated',
  seed: 7,
  clock: { kind: 'simulated', market: 1000, wall: 2000, speed: 30 },
  accounts: [{ key: 'default', id: 'demo', type: 'stock' }],
  exchange: { version: 1, seed: 7, data: { text: '平安银行', list: [1, null] } },
  idempotency: [{ scope: 's', fingerprint: 'f', accountKey: 'default', orderId: '1' }],
};

async function written(): Promise<string> {
  const path = join(scratchFolder(), 'book.json');
  await writeState(path, STATE);
  return path;
}

function code(expected: string): unknown {
  return expect.objectContaining({ code: expected, fault: 'config' });
}

describe('the state file', () => {
  test('holds what was written, and only its owner may read it', async () => {
    const path = await written();
    expect(readState(path)).toEqual(STATE);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(existsSync(`${path}.tmp`)).toBe(false);
  });

  test('no file is no state', () => {
    const path = join(scratchFolder(), 'none.json');
    expect(readState(path)).toBeNull();
    expect(readStateAnchor(path)).toBeNull();
  });

  test('a half-written temporary file is no state either', async () => {
    const path = await written();
    writeFileSync(`${path}.tmp`, '{"format":');
    expect(readState(path)).toEqual(STATE);
  });

  test('any damaged byte or missing end is found', async () => {
    const path = await written();
    const whole = readFileSync(path);
    for (const at of [0, 10, whole.indexOf('\n'), whole.length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      expect(() => readState(path), `byte ${at}`).toThrow(code('STATE_CORRUPT'));
    }
    for (const length of [0, 5, whole.length - 2]) {
      writeFileSync(path, whole.subarray(0, length));
      expect(() => readState(path), `${length} bytes`).toThrow(code('STATE_CORRUPT'));
    }
  });

  test('the message of a damaged file says what to do', async () => {
    const path = await written();
    writeFileSync(path, 'not ours');
    expect(() => readState(path)).toThrow(/Restore a copy of it, or move it away/);
  });

  test('a later version is not guessed at', async () => {
    const path = await written();
    writeFileSync(path, readFileSync(path, 'utf8').replace('"version":2', '"version":3'));
    expect(() => readState(path)).toThrow(code('STATE_VERSION'));
  });

  test('a folder that does not exist is a failed write', async () => {
    await expect(writeState(join(scratchFolder(), 'no', 'book.json'), STATE)).rejects.toEqual(
      code('STATE_WRITE_FAILED'),
    );
  });

  test('gives the anchor of a simulated clock, and of no other', async () => {
    const path = await written();
    expect(readStateAnchor(path)).toEqual({ market: 1000, wall: 2000, speed: 30, begun: null });
    await writeState(path, { ...STATE, clock: { ...STATE.clock, kind: 'wall' } });
    expect(readStateAnchor(path)).toBeNull();
  });
});

describe('the lock of a state file', () => {
  test('keeps a second server away until it is released', async () => {
    const path = await written();
    const lock = lockState(path);
    expect(() => lockState(path)).toThrow(code('STATE_LOCKED'));
    lock.release();
    lock.release();
    lockState(path).release();
  });

  test('a folder that does not exist is named', () => {
    expect(() => lockState(join(scratchFolder(), 'no', 'book.json'))).toThrow(code('STATE_UNUSABLE'));
  });
});
