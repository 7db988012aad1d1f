import { curveOf } from '../../domain/chart/curve.ts';
import type { Digest, DigestPosition } from './digest.ts';
import { inLanguage } from '../../words/in-language.ts';
import { money, percent, signed } from './text.ts';

const WIDTH = 720;
const MARGIN = 28;
const LINE = 30;
const CURVE = 130;
const MOST_ROWS = 12;
/** China's: red rises. */
const [RISE, FALL, INK, FAINT, PAPER] = ['#c62f2f', '#1f8a4c', '#1c2330', '#7a8494', '#ffffff'];

/** The day as a picture. Without `amounts` no money; a name that `draws` refuses is left out: a box says nothing. */
export function digestSvg(digest: Digest, source: string, amounts: boolean, draws: (text: string) => boolean): string {
  const texts = new Lines(draws);
  texts.put(MARGIN, 22, INK, `${drawn(source, draws)}  ${digest.day}`);
  texts.down(8);
  const { profit, totalValue, orders, fills } = digest;
  if (totalValue !== null && amounts) texts.put(MARGIN, 30, INK, money(totalValue), 38);
  if (profit !== null) {
    const share = profit.share === null ? '' : percent(profit.share);
    const said = amounts ? `${signed(profit.money)}  ${share}` : share;
    texts.put(MARGIN, 22, profit.money < 0 ? FALL : RISE, `${said}  since ${profit.since}`);
  }
  texts.put(
    MARGIN,
    16,
    FAINT,
    `${orders.asked} ${orders.asked === 1 ? 'order' : 'orders'}, ${orders.filled} filled, ${orders.refused} refused, ${fills.count} ${fills.count === 1 ? 'fill' : 'fills'}`,
  );
  const curve = valuesLine(digest, texts.y);
  if (curve !== '') texts.down(CURVE + 24);
  for (const position of digest.positions.slice(0, MOST_ROWS)) row(texts, position, digest, amounts);
  const more = digest.positions.length - MOST_ROWS;
  if (more > 0) texts.put(MARGIN, 16, FAINT, `and ${more} more`);
  if (digest.differences.length > 0)
    texts.put(MARGIN, 16, RISE, `${digest.differences.length} to look at: see the text`);
  const height = texts.y + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}"><rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>${curve}${texts.whole()}</svg>`;
}

/** Lines of text from the top down. */
class Lines {
  y = 16;
  readonly #draws: (text: string) => boolean;
  readonly #parts: string[] = [];

  constructor(draws: (text: string) => boolean) {
    this.#draws = draws;
  }

  down(by: number): void {
    this.y += by;
  }

  put(x: number, size: number, colour: string, text: string, height = LINE): void {
    this.y += height;
    const said = inLanguage(text);
    // A font without Chinese still draws English.
    this.beside(x, size, colour, this.#draws(said) ? said : text);
  }

  /** On the line that was put last. */
  beside(x: number, size: number, colour: string, text: string, anchor: 'start' | 'end' = 'start'): void {
    if (!this.#draws(text)) return;
    this.#parts.push(
      `<text x="${x}" y="${this.y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}" xml:space="preserve">${escaped(text)}</text>`,
    );
  }

  whole(): string {
    return this.#parts.join('');
  }
}

function row(texts: Lines, position: DigestPosition, { totalValue }: Digest, amounts: boolean): void {
  const { security, name, amount, value, gain } = position;
  texts.put(MARGIN, 17, INK, security);
  if (name !== null) texts.beside(170, 17, INK, name);
  const part = value === null || totalValue === null || totalValue === 0 ? '' : percent(value / totalValue, false);
  if (amounts) texts.beside(430, 17, INK, String(amount), 'end');
  texts.beside(570, 17, INK, amounts ? (value === null ? '' : money(value)) : part, 'end');
  if (gain !== null) texts.beside(WIDTH - MARGIN, 17, gain < 0 ? FALL : RISE, percent(gain), 'end');
}

/** The whole values of the days as a line; nothing where there are not two. */
function valuesLine({ values }: Digest, top: number): string {
  const amounts = values.map(({ value }) => value);
  const curve = curveOf(amounts, { left: MARGIN, top: top + 16, width: WIDTH - 2 * MARGIN, height: CURVE });
  if (curve === null) return '';
  const colour = (amounts.at(-1) ?? 0) < (amounts[0] ?? 0) ? FALL : RISE;
  return `<polyline points="${curve.points}" fill="none" stroke="${colour}" stroke-width="2.5"/>`;
}

/** Without the letters that are not drawn: what stays (`PAPER`) must stay. */
function drawn(text: string, draws: (text: string) => boolean): string {
  return Array.from(text)
    .filter((letter) => draws(letter))
    .join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
