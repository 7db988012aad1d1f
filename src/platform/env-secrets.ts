import { execFileSync } from 'node:child_process';
import { basename, dirname } from 'node:path';

const SECRET_NAME = /(?:TOKEN|PASSWORD|PASSPHRASE|PASSWD|PWD|SECRET|MESSAGE_KEY|^NOTIFY_.*_KEY|^NOTIFY_WEBHOOK_URL)$/u;
const PLACEHOLDER =
  /^(?:<.*>|\$\{.*\}|x+|\*+|(?:your|my|change|replace|example|sample|dummy|fake|test|todo|stub|demo)\b.*|.*(?:your|change[-_]?me|replace[-_]?me|placeholder).*)$/iu;
const MIN_LENGTH = 8;
const MIN_BITS = 20;

/** Warnings for values of this file that look like real secrets, if git tracks the file. Never names the value. */
export function secretWarnings(
  path: string,
  label: string,
  values: ReadonlyMap<string, { readonly value: string; readonly line: number }>,
): string[] {
  const found = [...values].filter(([name, { value }]) => SECRET_NAME.test(name) && looksReal(value));
  // Git is asked only when there is something to warn of: it costs some milliseconds.
  if (found.length === 0 || !isTracked(path)) return [];
  return found.map(
    ([name, { line }]) =>
      `${label} line ${line} holds what looks like a real ${name}, and git tracks that file: ` +
      'move it to .env.local (ignored by git) and change the token if it was ever pushed',
  );
}

/** Long and varied enough not to be a word, a placeholder or the stub's default. */
export function looksReal(value: string): boolean {
  if (value.length < MIN_LENGTH || PLACEHOLDER.test(value)) return false;
  return value.length * entropy(value) >= MIN_BITS;
}

/** Shannon entropy, bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    bits -= share * Math.log2(share);
  }
  return bits;
}

/** False also where there is no git or no repository. */
function isTracked(path: string): boolean {
  try {
    execFileSync('git', ['ls-files', '--error-unmatch', '--', basename(path)], {
      cwd: dirname(path),
      stdio: 'ignore',
      timeout: 2000,
      windowsHide: true,
    });
    return true;
  } catch {
    return false;
  }
}
