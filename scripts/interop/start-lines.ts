import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../src/domain/errors.ts';
import type { Row } from './rows.ts';
import { ours } from './servers.ts';

/** Lines of the reference's documents, with `bt` for its program, as far as they stand behind the port and the token. */
const LINES: readonly { readonly before?: readonly string[]; readonly options: readonly string[] }[] = [
  { before: ['--env-file', '.env'], options: ['--listen', '127.0.0.1', '--enable-data', '--enable-broker'] },
  { options: ['--listen', '127.0.0.1', '--accounts', 'default=123456:stock'] },
  { options: ['--accounts', 'main=123456,hedge=654321:future', '--sub-accounts', 'demo@main:limit=1000000'] },
  { options: ['--disable-broker', '--allowlist', '127.0.0.1', '--max-connections', '8', '--max-subscriptions', '50'] },
  { options: ['--log-file', 'server.log', '--log-account-overview', '--access-log'] },
  { options: ['--no-log-account-overview', '--no-access-log', '--disable-data'] },
];

/** Whether each of them starts our server. */
export async function runStartLines(folder: string): Promise<Row[]> {
  await writeFile(join(folder, '.env'), 'QMT_ACCOUNT_ID=123456\nQMT_SERVER_ACCESS_LOG=true\n');
  const rows: Row[] = [];
  for (const { before = [], options } of LINES) {
    const what = `bt ${[...before, 'server', ...options].join(' ')}`;
    try {
      const server = await ours(options, before, folder);
      await server.stop();
      rows.push({ what, kind: 'ok', text: '' });
    } catch (error) {
      rows.push({ what, kind: 'fails', text: errorMessage(error) });
    }
  }
  return rows;
}
