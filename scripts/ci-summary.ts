import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What vitest's JSON reporter writes, as far as it is read here. */
interface Results {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
}

/**
 * `N passed, M failed` from vitest's results (null = it never ran). A run that failed in another way than by a test (types, lint, build, a
 * file that does not load) counts as at least one failure.
 */
export function summary(results: Results | null, exitCode: number): string {
  const passed = results?.numPassedTests ?? 0;
  const failed = results === null ? 0 : Math.max(results.numFailedTests, results.numFailedTestSuites > 0 ? 1 : 0);
  const broken = exitCode !== 0 || results === null || !results.success;
  return `${passed} passed, ${Math.max(failed, broken ? 1 : 0)} failed`;
}

function read(file: string): Results | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results;
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , file = '', exitCode = '1'] = process.argv;
  console.log(summary(read(file), Number(exitCode)));
}
