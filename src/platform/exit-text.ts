/**
 * What leaves the process as text (screen, log, report, table, error line) passes here: one redaction, one sanitiser, one measure.
 * Texts come from gateways, strategies and files; nobody who writes one out has to know what is in it.
 */

const HIDDEN = '***';
// PWD alone is where one stands.
const SECRET_KEY = /token|password|passphrase|passwd|_pwd$|secret|message_?key|^notify_.*(?:_key|webhook_url)$/iu;
/** Shorter ones are words of our own ("stub") and would blot out innocent text. */
const MIN_SECRET = 6;
const MAX_DEPTH = 6;
/** Longest text of a log entry or a report's field, in characters. */
export const LONGEST_TEXT = 20_000;
/** Longest cell of a table, or field on a line. */
const LONGEST_CELL = 200;
/** Members of one object or list that a log entry's fields may have. */
const MOST_MEMBERS = 1_000;

// Control codes but for tab and line feed, what turns the direction of writing or breaks lines unseen, halves of characters.
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- these are what must go
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;
/** An escape code that only colours, as our own tables and log lines have. */
// oxlint-disable-next-line no-control-regex -- the escape itself
const COLOUR = /(\u001b\[[0-9;]*m)/u;

/** Every form in which a secret may stand in a text, longest first. */
let known: readonly string[] = [];

/** From now on this value is in no text that leaves the process, whichever way. Short values are words, not secrets. */
export function keepSecret(value: string): void {
  if (value.length < MIN_SECRET || known.includes(value)) return;
  const forms = [value, JSON.stringify(value).slice(1, -1), uriForm(value), value.replaceAll(UNSAFE, '?')];
  known = [...new Set([...known, ...forms])].toSorted((a, b) => b.length - a.length);
}

/** True for the name of a setting or field whose value is a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_KEY.test(name);
}

/** A text as it may leave: without secrets and control codes, cut after `longest` characters; lines stay lines. */
export function cleanText(text: string, longest: number = LONGEST_TEXT): string {
  // Of a text of megabytes only the part that can be shown is looked at. Its last characters may be the first of a secret.
  const margin = longestSecret();
  const part = text.slice(0, longest + margin);
  const clean = withoutSecrets(part.replaceAll('\r\n', '\n').replaceAll(UNSAFE, '?'));
  if (text.length <= longest) return clean;
  const whole = part.length < text.length ? clean.slice(0, Math.max(0, clean.length - margin)) : clean;
  return `${whole.slice(0, longest).toWellFormed()}… (${text.length} characters)`;
}

/** The same on one line. */
export function cleanLine(text: string, longest: number = LONGEST_CELL): string {
  return cleanText(text, longest).replaceAll(/\s*\n\s*/gu, ' ');
}

/** What was already composed for a terminal: colours stay, and nothing else that a terminal would obey. */
export function cleanScreen(text: string): string {
  const parts = text.split(COLOUR).map((part, index) => (index % 2 === 1 ? part : part.replaceAll(UNSAFE, '?')));
  return withoutSecrets(parts.join(''));
}

/** Data on its way out: each text in it clean, and any member hidden whose name says that it is a secret. */
export function cleanData(value: unknown, limits: DataLimits = FIELD_LIMITS, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value instanceof Error) return cleanText(value.stack ?? value.message);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > limits.depth) return '…';
  if (Array.isArray(value)) return value.slice(0, limits.members).map((item) => cleanData(item, limits, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, limits.members)
      .map(([key, item]) => [cleanLine(key), SECRET_KEY.test(key) ? HIDDEN : cleanData(item, limits, depth + 1)]),
  );
}

interface DataLimits {
  readonly depth: number;
  readonly members: number;
}

const FIELD_LIMITS: DataLimits = { depth: MAX_DEPTH, members: MOST_MEMBERS };
/** For a report, whose lists are complete. */
export const WHOLE_DATA: DataLimits = { depth: 32, members: Number.POSITIVE_INFINITY };

function withoutSecrets(text: string): string {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, HIDDEN);
  return clean;
}

function longestSecret(): number {
  return known[0]?.length ?? 0;
}

function uriForm(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value; // half a character
  }
}
