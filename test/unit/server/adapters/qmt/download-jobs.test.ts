import { expect, test } from 'vitest';
import { BtError } from '../../../../../src/domain/errors.ts';
import { DownloadJobs } from '../../../../../src/server/adapters/qmt/download-jobs.ts';
import type { DownloadQuestion, DownloadState } from '../../../../../src/server/adapters/terminal-data.ts';
import { FakeTimers, settle } from '../../../platform/fake-timers.ts';

const codes = (count: number): string[] => Array.from({ length: count }, (_, n) => `${String(600_000 + n)}.XSHG`);

function question(more: Partial<DownloadQuestion> = {}): DownloadQuestion {
  return { kind: 'bars', securities: codes(1), frequency: '1d', tables: [], start: null, end: null, ...more };
}

interface Call {
  readonly args: Record<string, unknown>;
  readonly end: (error?: Error) => void;
}

function start(): { readonly jobs: DownloadJobs; readonly calls: Call[]; readonly steps: DownloadState[] } {
  const calls: Call[] = [];
  const steps: DownloadState[] = [];
  const download = (_: string, args: Record<string, unknown>): Promise<void> =>
    new Promise((resolve, reject) => {
      calls.push({ args, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  const jobs = new DownloadJobs({ download }, new FakeTimers());
  jobs.onStep((state) => steps.push(state));
  return { jobs, calls, steps };
}

test('many securities are some calls, whose progress adds up and never goes back', async () => {
  const { jobs, calls, steps } = start();
  const { id } = jobs.start(question({ securities: codes(120) }));
  const [first] = calls;
  expect(first?.args['codes']).toHaveLength(50);
  const of = String(first?.args['of']);
  jobs.progress(of, { finished: 20, total: 50 });
  jobs.progress(of, { finished: 10, total: 50 });
  jobs.progress(of, { finished: 'many' });
  expect(jobs.of(id)).toMatchObject({ finished: 20, total: 120, state: 'running' });
  first?.end();
  await settle();
  jobs.progress(String(calls[1]?.args['of']), { finished: 7 });
  jobs.progress(of, { finished: 50 });
  expect(jobs.of(id)).toMatchObject({ finished: 57 });
  calls[1]?.end();
  await settle();
  calls[2]?.end();
  await settle();
  expect(jobs.of(id)).toMatchObject({ finished: 120, state: 'done' });
  jobs.progress(String(calls[2]?.args['of']), { finished: 1 });
  expect(steps.at(-1)).toMatchObject({ state: 'done' });
  const finished = steps.map((state) => state.finished);
  expect(finished).toEqual(finished.toSorted((a, b) => a - b));
});

test('one that fails says why, and is tried anew by whoever asks again; no more than eight at a time', async () => {
  const { jobs, calls } = start();
  const { id } = jobs.start(question());
  calls[0]?.end(new BtError('QMT_UNAVAILABLE', 'away', { fault: 'venue' }));
  await settle();
  expect(jobs.of(id)).toMatchObject({ state: 'failed', error: 'away', finished: 0 });
  expect(jobs.start(question()).id).not.toBe(id);
  for (let n = 2; n <= 8; n += 1) jobs.start(question({ securities: codes(n) }));
  expect(() => jobs.start(question({ securities: codes(9) }))).toThrow(/已有 8 个下载在进行/u);
});
