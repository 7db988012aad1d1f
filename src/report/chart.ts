import { curveOf } from '../domain/chart/curve.ts';
import { piecesOf, sessionPlace } from '../domain/chart/session-axis.ts';
import { chinaText } from '../domain/time.ts';
import type { EquityPoint } from '../status/types.ts';
import { money, signed } from './figures.ts';
import { piece, type Markup } from './markup.ts';
import { words } from './words.ts';

const [WIDTH, HEIGHT, EDGE] = [1000, 220, 8];

/** The account's worth over the day as a picture, said in words beside it; null where there are not two points. */
export function equityChart(points: readonly EquityPoint[]): Markup | null {
  const totals = points.map(({ total }) => total);
  const box = { left: EDGE, top: EDGE, width: WIDTH - 2 * EDGE, height: HEIGHT - 2 * EDGE };
  const curve = curveOf(
    totals,
    box,
    points.map(({ at }) => sessionPlace(at)),
  );
  if (curve === null) return null;
  const marks = curve.points.split(' ');
  const lines = piecesOf(points, sessionPlace).map((piece) => marks.splice(0, piece.length).join(' '));
  const time = (at: number | undefined): string => (at === undefined ? '' : chinaText(at).slice(11, 16));
  const said = words('equityText', {
    from: time(points[0]?.at),
    to: time(points.at(-1)?.at),
    first: money(totals[0] ?? null),
    last: money(totals.at(-1) ?? null),
    low: money(curve.low),
    high: money(curve.high),
  });
  const grid = [EDGE, HEIGHT / 2, HEIGHT - EDGE].map(
    (y) => piece`<line x1="0" x2="${WIDTH}" y1="${y}" y2="${y}"></line>`,
  );
  return piece`<figure>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${said}">
      ${grid}
      ${lines.map((line) => piece`<polyline points="${line}"></polyline>`)}
    </svg>
    <figcaption>${said}${otherParts(points).map((text) => piece`<br>${text}`)}</figcaption>
  </figure>`;
}

/** Where another part of the account is counted from: a step there is no profit. */
export function otherParts(points: readonly EquityPoint[]): string[] {
  return points.flatMap(({ at, shift }) =>
    shift === undefined ? [] : [words('otherPart', { time: chinaText(at).slice(11, 16), shift: signed(shift) })],
  );
}
