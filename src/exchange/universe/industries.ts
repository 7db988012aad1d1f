import type { Board } from '../../domain/market/board.ts';
import { hashText, mix, unit } from '../../platform/random.ts';
import { FAMILIAR_ROWS, JQ_ROWS, ZJW_ROWS } from './industry-classes.ts';
import { INDUSTRY_ROWS } from './industry-rows.ts';

export const CLASSIFICATIONS = ['sw_l1', 'sw_l2', 'sw_l3', 'jq_l1', 'jq_l2', 'zjw'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];

export interface Industry {
  readonly code: string;
  readonly name: string;
}

/** What a company does: one class of each classification. */
export type Industries = Readonly<Record<Classification, Industry>>;

/** A second level of 申万 with all that follows from it. */
interface Kind {
  readonly weight: number;
  readonly classes: Omit<Industries, 'sw_l3'>;
  readonly third: readonly Industry[];
}

/** Classes of 申万's first level that ended with its classifications of 2014 and 2021 [M]: no company is of them any more. */
const ENDED: ReadonlySet<string> = new Set('801020 801060 801070 801090 801100 801190 801220'.split(' '));

/** What companies of the younger boards never are: banks, steel, coal, oil, property … */
const OLD_ECONOMY: ReadonlySet<string> = new Set(
  '801780 801790 801040 801950 801960 801180 801160 801170 801230'.split(' '),
);

const KINDS: readonly Kind[] = readKinds();
/** Each kind as often as it weighs: a draw is one look. */
const DRAWS: readonly Kind[] = KINDS.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));
const FAMILIAR: ReadonlyMap<string, Kind> = readFamiliar();
const known = new Map<string, Industries>();

/** The classes of a stock, which it keeps all its life; the same for every seed. */
export function industriesOf(security: string, board: Board): Industries {
  const found = known.get(security) ?? classify(security, board);
  known.set(security, found);
  return found;
}

/** The code of its first level of 申万 alone. */
export function sectorCodeOf(security: string, board: Board): string {
  return kindOf(security, mix(hashText(security), 71), board).classes.sw_l1.code;
}

function kindOf(security: string, hash: number, board: Board): Kind {
  return FAMILIAR.get(security) ?? drawKind(hash, board);
}

function classify(security: string, board: Board): Industries {
  const hash = mix(hashText(security), 71);
  const kind = kindOf(security, hash, board);
  const third = kind.third[Math.floor(unit(mix(hash, 9)) * kind.third.length)];
  return { ...kind.classes, sw_l3: third ?? kind.classes.sw_l2 };
}

function drawKind(hash: number, board: Board): Kind {
  for (let draw = 0; ; draw += 1) {
    const kind = DRAWS[Math.floor(unit(mix(hash, draw)) * DRAWS.length)];
    if (kind !== undefined && (board === 'main' || !OLD_ECONOMY.has(kind.classes.sw_l1.code))) return kind;
  }
}

/** All classes of a classification, by code. */
export function classesOf(classification: Classification): readonly Industry[] {
  const found = new Map<string, Industry>();
  for (const { classes, third } of KINDS)
    for (const one of classification === 'sw_l3' ? third : [classes[classification]]) found.set(one.code, one);
  return [...found.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** True for a class that was, and has no stocks. */
export function hasEnded(code: string): boolean {
  return ENDED.has(code);
}

/** The classification that a class belongs to; null for a code that is none. */
export function classificationOf(code: string): Classification | null {
  return CLASSIFICATIONS.find((name) => classesOf(name).some((one) => one.code === code)) ?? null;
}

function readKinds(): Kind[] {
  const regulators = new Map(rowsOf(ZJW_ROWS).map(([code = '', name = '']) => [code, { code, name }]));
  const ours = new Map<string, readonly [Industry, Industry]>();
  for (const [code = '', name = '', ...seconds] of rowsOf(JQ_ROWS))
    for (let at = 0; at < seconds.length; at += 2) {
      const second = seconds[at] ?? '';
      ours.set(second, [
        { code, name },
        { code: second, name: seconds[at + 1] ?? '' },
      ]);
    }
  const kinds: Kind[] = [];
  let first: Industry = { code: '', name: '' };
  for (const [code = '', name = '', weight, zjw = '', jq = '', ...thirds] of rowsOf(INDUSTRY_ROWS)) {
    if (weight === undefined) {
      first = { code, name: `${name}I` };
      continue;
    }
    const [jqFirst, jqSecond] = ours.get(jq) ?? [];
    const regulator = regulators.get(zjw);
    if (jqFirst === undefined || jqSecond === undefined || regulator === undefined) throw new TypeError(code);
    const names = thirds.length === 0 ? [name] : thirds;
    kinds.push({
      weight: Number(weight),
      classes: { sw_l1: first, sw_l2: { code, name: `${name}II` }, jq_l1: jqFirst, jq_l2: jqSecond, zjw: regulator },
      third: names.map((one, nth) => ({ code: `85${code.slice(3)}${nth + 1}`, name: `${one}III` })),
    });
  }
  return kinds;
}

function readFamiliar(): ReadonlyMap<string, Kind> {
  const byCode = new Map(KINDS.map((kind) => [kind.classes.sw_l2.code, kind]));
  return new Map(
    rowsOf(FAMILIAR_ROWS).flatMap(([code = '', ...securities]) => {
      const kind = byCode.get(code);
      return kind === undefined ? [] : securities.map((security) => [security, kind] as const);
    }),
  );
}

function rowsOf(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((row) => row.split(' '));
}
