import type { RunReport } from '../../src/engine/report.ts';

/** How a script's week ended. */
export type EndKind =
  | 'orders'
  | 'quiet'
  | 'package'
  | 'file'
  | 'design'
  | 'other'
  | 'python2'
  | 'syntax'
  | 'own'
  | 'slow'
  | 'error';

export interface End {
  readonly kind: EndKind;
  /** What decided: a package's name, an error without the places and figures that differ from script to script. */
  readonly why: string;
  readonly orders: number;
}

/** What a run left behind. */
export interface Outcome {
  /** Null when it wrote none. */
  readonly report: RunReport | null;
  /** What it printed, the last part of it. */
  readonly output: string;
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The script's text. */
  readonly source: string;
}

/** The kinds that are not ours to mend, in the order of the table; each with what it says of a script. */
export const KINDS: Readonly<Record<EndKind, string>> = {
  orders: 'clean, with orders',
  quiet: 'clean, without orders',
  package: 'needs a package that is not installed',
  file: "needs a file or a module of its author's",
  design: 'needs what is refused by design (futures, margin, options)',
  other: 'is no strategy: nothing in it is run',
  python2: 'is Python 2',
  syntax: 'cannot be read by Python',
  own: 'fails at JoinQuant too: uses a name that neither it nor JoinQuant has',
  slow: 'took longer than the limit',
  error: 'ends with an error: ours until shown otherwise',
};

/** Out of scope: what no runner of scripts can serve. */
export const OUT_OF_SCOPE: ReadonlySet<EndKind> = new Set(['package', 'file', 'design', 'other']);

/** In scope, and not ours to mend: Python 3 cannot read them, or they fail at JoinQuant too. */
export const AUTHORS: ReadonlySet<EndKind> = new Set(['python2', 'syntax', 'own']);

const RULES: readonly (readonly [EndKind, RegExp])[] = [
  ['package', /(?:No module named|package) '?(?<what>[\w.]+)'?(?: is not installed)?/u],
  ['other', /nothing to run(?<what>)/u],
  ['python2', /PYTHON2|is Python 2 \((?<what>[^)]*)\)/u],
  ['syntax', /(?:SYNTAX|SyntaxError|IndentationError|TabError)(?<what>)/u],
  ['file', /(?:FileNotFoundError|No such file|FILE_NOT_FOUND|[Tt]here is no file)[^'"\n]*['"]?(?<what>[^'"\n]*)/u],
  [
    'design',
    /(?<what>futures?|open_fund|[Oo]pen-end funds|margin|option|index_futures|stock_margin|portfolio_optimizer|gta|\bjy\b)[^\n]*(?:not supported|refused|cannot be traded|not traded|is not served|are listed here|at the exchanges only|no gateway here)/iu,
  ],
  ['design', /(?:not supported|UNSUPPORTED)[^\n]*(?<what>futures|margin|options?)/iu],
  ['own', /name '(?<what>\w+)' is not defined/u],
  // Objects of JoinQuant's, which have what its pages say they have (test/conformance holds ours to them).
  [
    'own',
    /'(?:Position|Portfolio|SubPortfolio|Order|Trade|SecurityCurrentData|SecurityInfo|Context|OrderCost)' object has no attribute '(?<what>\w+)'/u,
  ],
  // A quarter that Python 3 divided, in a script that was written for Python 2.
  ['own', /must be a quarter '2015q1' or a year '2015', was '(?<what>\d{4}q\d\.\d+)'/u],
  ['design', /bt moves no money into the account(?<what>)/u],
];

/** The end of one run. */
export function classify(outcome: Outcome): End {
  const { report, output, exitCode, timedOut } = outcome;
  const orders = report?.orders.length ?? 0;
  if (timedOut) return { kind: 'slow', why: 'time limit', orders };
  const errors = report?.errors ?? [];
  if (report !== null && errors.length === 0 && exitCode === 0) {
    return orders > 0
      ? { kind: 'orders', why: '', orders }
      : { kind: 'quiet', why: whyQuiet(report, outcome.source), orders };
  }
  const text = errors[0]?.message ?? lastError(output);
  for (const [kind, pattern] of RULES) {
    const found = pattern.exec(text);
    // What the check said before says more than the line at which Python gave up.
    if (found !== null && kind === 'syntax' && / error PYTHON2 /u.test(output))
      return { kind: 'python2', why: '', orders };
    if (found !== null) return { kind, why: found.groups?.['what'] ?? '', orders };
  }
  // Refused by name and caught: what the script does without it is its own affair.
  const refused = / UNSUPPORTED (?<what>gta|jy|opt|margin\w+) is not supported/u.exec(output)?.groups?.['what'];
  if (refused !== undefined) return { kind: 'design', why: refused, orders };
  return { kind: 'error', why: plain(text), orders };
}

/** Why a clean run has no orders, as far as its report says. */
function whyQuiet(report: RunReport, source: string): string {
  if (report.refused.length > 0) return `refused: ${plain(report.refused[0]?.reason ?? '')}`;
  if (report.dataErrors.length > 0) return `data error caught: ${report.dataErrors[0]?.code ?? ''}`;
  const ran = report.triggers.filter(({ outcome }) => outcome.startsWith('ran'));
  if (ran.length === 0) return 'nothing fell due';
  // A task of a month's end, or of another weekday, leaves no trace in a week without it.
  for (const rhythm of ['monthly', 'weekly']) {
    const isUsed = new RegExp(`^[^#\\n]*\\brun_${rhythm}\\(`, 'mu').test(source);
    if (isUsed && !ran.some(({ task }) => task.includes(`(${rhythm} `)))
      return `its ${rhythm} task was not due in this week`;
  }
  return ASKS_THE_MONTH.test(source) ? 'decided so, and asks which month it is' : 'decided so';
}

/** `if context.current_dt.month in [5, 9]`. */
const ASKS_THE_MONTH = /^[^#\n]*\.month\s*(?:in|not in|==|!=|%|<|>)/mu;

/** Of a run that ended before it had a report. */
function lastError(output: string): string {
  const lines = output.trimEnd().split('\n');
  const told = lines.filter((line) => line.startsWith('bt: ') || / ERROR /u.test(line));
  return told.at(-1) ?? lines.at(-1) ?? 'nothing was printed';
}

/** Without codes, figures, texts and places, so that equal causes are equal. */
export function plain(text: string): string {
  const [line = ''] = text.split('\n');
  return line
    .replaceAll(/\b\d{6}\.[A-Z]{4}\b/gu, 'CODE')
    .replaceAll(/\b[0-9a-f]{12}(?:\.py)?\b/gu, 'FILE')
    .replaceAll(/\/[\w./-]+/gu, 'PATH')
    .replaceAll(/\d+(?:[.,:]\d+)*/gu, 'N')
    .slice(0, 160);
}
