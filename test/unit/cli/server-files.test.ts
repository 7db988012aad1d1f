import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runServerAudit } from '../../../src/cli/server-audit-run.ts';
import { serverCommand } from '../../../src/cli/server.ts';
import { auditToRead, readKeptFiles } from '../../../src/cli/server-files.ts';
import type { KeptFiles } from '../../../src/cli/server-files.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { openAudit } from '../../../src/server/audit-file.ts';
import type { AuditEvent } from '../../../src/server/audit.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { FakeTimers } from '../platform/fake-timers.ts';

function settings(flags: Record<string, unknown>, environment: Record<string, string> = {}): Settings {
  return new Settings(loadEnv({ cwd: temporaryFolder('files'), environment }), flags);
}

function kept(flags: Record<string, unknown>, environment: Record<string, string> = {}): KeptFiles {
  return readKeptFiles(settings(flags, environment));
}

describe('what a server keeps', () => {
  test('a paper market has its book: no record, and an audit where one is asked for', () => {
    expect(kept({})).toEqual({ options: { recordPath: null, dryRun: false }, audit: null, outbox: null, warnings: [] });
    expect(kept({ audit: 'a.jsonl' }).audit).toBe('a.jsonl');
    expect(kept({ serverType: 'qmt', simulate: true }).options.recordPath).toBeNull();
    expect(() => kept({ record: 'r.db' })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });

  test('in front of a terminal there is always both, by the port', () => {
    const folder = join('.bt', 'gateway-58620');
    expect(kept({ serverType: 'qmt' })).toMatchObject({
      options: { recordPath: join(folder, 'record.db') },
      audit: join(folder, 'audit.jsonl'),
      outbox: join(folder, 'messages.outbox'),
    });
    const there = kept({ serverType: 'qmt', port: '7' }, { RUNTIME_DIR: '/r', QMT_SERVER_AUDIT: '/a.jsonl' });
    expect(there).toMatchObject({ options: { recordPath: join('/r', 'gateway-7', 'record.db') }, audit: '/a.jsonl' });
    expect(auditToRead(settings({ port: '7' }, { RUNTIME_DIR: '/r' }))).toBe(join('/r', 'gateway-7', 'audit.jsonl'));
  });

  test('a rehearsal is told', () => {
    expect(kept({ dryRun: true })).toMatchObject({
      options: { dryRun: true },
      warnings: [expect.stringContaining('DRY RUN')],
    });
    expect(kept({}, { QMT_SERVER_DRY_RUN: 'yes' }).options.dryRun).toBe(true);
  });

  test('options behind a command of the server are that command’s', async () => {
    const command = serverCommand();
    const audit = command.commands.find((each) => each.name() === 'audit');
    const seen: unknown[] = [];
    audit?.action((flags: unknown) => void seen.push(flags));
    await command.parseAsync(['node', 'server', 'audit', '--port', '7']);
    expect(seen).toEqual([{ port: '7' }]);
  });
});

describe('bt server audit', () => {
  let said = '';
  beforeEach(() => {
    said = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
      said += String(text);
      for (const done of rest) if (typeof done === 'function') (done as () => void)();
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function shown(flags: Record<string, unknown>): Promise<string[]> {
    said = '';
    await runServerAudit(flags);
    await vi.waitFor(() => expect(said).not.toBe(''));
    return said.trimEnd().split('\n');
  }

  function written(): string {
    const path = join(temporaryFolder('audit'), 'audit.jsonl');
    const file = openAudit(path, new FakeTimers(), () => {});
    const asked = {
      request: 's1/1',
      action: 'place',
      peer: '127.0.0.1:5',
      account: 'main',
      side: 'BUY',
      amount: 100,
      security: '518880.XSHG',
      price: 5.9,
      remark: 'bt:x',
    } as const;
    const events: AuditEvent[] = [
      { event: 'refused', peer: '127.0.0.1:4', outcome: 'wrong token' },
      { event: 'asked', ...asked },
      { event: 'answered', ...asked, outcome: 'ok', status: 'open', orderId: '11', ms: 3 },
      { event: 'asked', ...asked, request: 's1/2', account: 'hedge', dryRun: true },
    ];
    for (const event of events) file.write(event);
    file.close();
    return path;
  }

  test('shows an order once, with its end, and one that was never answered', async () => {
    const file = written();
    const [refused, placed, open, ...rest] = await shown({ file });
    expect(refused).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} refused → wrong token from 127\.0\.0\.1:4$/);
    expect(placed).toMatch(
      / place BUY 100 518880\.XSHG @5\.9 order=11 account=main remark=bt:x → ok open ms=3 from 127\.0\.0\.1:5$/,
    );
    expect(open).toMatch(/ account=hedge .*→ NO ANSWER from 127\.0\.0\.1:5 DRY RUN$/);
    expect(rest).toEqual([]);
  });

  test('chooses by account, order and day; as it is written on demand', async () => {
    const file = written();
    expect(await shown({ file, account: 'hedge' })).toHaveLength(1);
    expect(await shown({ file, order: '11' })).toEqual([expect.stringContaining('order=11')]);
    expect(await shown({ file, day: '1999-01-01' })).toEqual(['Nothing is written there of that.']);
    const lines = (await shown({ file, json: true })).map((line): unknown => JSON.parse(line));
    expect(lines).toHaveLength(4);
    await expect(runServerAudit({ file, day: 'today' })).rejects.toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
    await expect(runServerAudit({ file: '/nowhere/a.jsonl' })).rejects.toThrow(
      expect.objectContaining({ code: 'NO_AUDIT' }),
    );
  });
});
