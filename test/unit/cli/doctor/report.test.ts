import { afterEach, expect, test } from 'vitest';
import { doctorText } from '../../../../src/cli/doctor/report.ts';
import { textWidth } from '../../../../src/cli/wrap-text.ts';
import { LANGUAGES, useLanguage } from '../../../../src/platform/language.ts';

afterEach(() => useLanguage(null));

test('a long finding has its whole text, with what to do at its end', () => {
  const text = `The ledger /${'long/'.repeat(60)}ledger.db cannot be used (file is not a database). Nothing was changed and nothing will be traded: restore the folder, or move it away.`;
  const said = doctorText([{ what: 'ledger', kind: 'fix', text }]);
  expect(said.replaceAll(/\s+/gu, ' ')).toContain('restore the folder, or move it away.');
});

test('a finding is no wider than a screen, and its further lines stand below its text', () => {
  const text =
    'no gateway is named: DEFAULT_BROKER or --broker qmt-remote or qmt-http, with QMT_SERVER_HOST and QMT_SERVER_TOKEN; --with-stub needs none';
  for (const language of LANGUAGES) {
    useLanguage(language);
    const said = doctorText([
      { what: 'gateway', kind: 'look', text },
      { what: 'page token', kind: 'ok', text: 'none' },
    ]);
    const lines = said.split('\n');
    expect(Math.max(...lines.map(textWidth)), language).toBeLessThanOrEqual(100);
    expect(lines[1]).toMatch(language === 'en' ? /^ {17}\S/u : /^ {15}\S/u);
  }
});
