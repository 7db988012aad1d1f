import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { checkReportFile, writeReport } from '../../../src/cli/report-file.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('report');
});

const REPORT = { version: 1, strategy: 'demo' } as RunReport;

test('is written whole, replaces a former one and leaves nothing beside it', () => {
  const file = join(folder, 'deep', 'run.json');
  checkReportFile(file);
  writeFileSync(file, 'former');
  writeReport(file, REPORT);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(REPORT);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['run.json']);
});

test('a place where it cannot be is found before the run', () => {
  writeFileSync(join(folder, 'file'), '');
  for (const path of [folder, join(folder, 'file', 'run.json')]) {
    expect(() => {
      checkReportFile(path);
    }).toThrow(expect.objectContaining({ code: 'REPORT_FILE', fault: 'config' }));
  }
});

test.skipIf(!existsSync('/dev/full'))('a device is written to, never replaced by a file', () => {
  const { rdev } = statSync('/dev/full');
  expect(() => writeReport('/dev/full', REPORT)).toThrow(/--report \/dev\/full cannot be written \(.*ENOSPC/u);
  expect(statSync('/dev/full').rdev).toBe(rdev);
  expect(statSync('/dev/full').isFile()).toBe(false);
});
