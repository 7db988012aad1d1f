import { MINUTES } from './grid.ts';
import type { MinutePath } from './minute-path.ts';

interface Volume {
  readonly lots: Int32Array;
  readonly lotTicks: Float64Array;
}

/**
 * Moves the minutes' money, each within lots × [low, high] of its minute, until the sum is exactly the day's. Where that room
 * is not enough (few lots, still prices), lots first move between the cheapest and the dearest minute.
 */
export function settleMoney(volume: Volume, path: MinutePath, total: number): void {
  for (let moves = 0; moves < 100_000; moves += 1) {
    const missing = total - sum(volume.lotTicks);
    if (missing === 0) return;
    const room = roomFor(missing, volume, path);
    const roomSum = sum(room);
    if (roomSum >= Math.abs(missing)) {
      fill(volume.lotTicks, room, roomSum, missing);
      return;
    }
    if (!moveLot(missing > 0, volume, path)) return;
  }
}

/** How far each minute's money may still move in the direction of `missing`. */
function roomFor(missing: number, { lots, lotTicks }: Volume, path: MinutePath): Float64Array {
  return lotTicks.map((money, minute) => {
    const bound = (lots[minute] ?? 0) * ((missing > 0 ? path.high : path.low)[minute] ?? 0);
    return Math.max(0, missing > 0 ? bound - money : money - bound);
  });
}

function fill(lotTicks: Float64Array, room: Float64Array, roomSum: number, missing: number): void {
  const [wanted, direction] = [Math.abs(missing), Math.sign(missing)];
  let [passed, given] = [0, 0];
  for (let minute = 0; minute < MINUTES; minute += 1) {
    passed += room[minute] ?? 0;
    // Never more than the room: both are integers and the share is at most 1.
    const upTo = Math.round((wanted * passed) / roomSum);
    lotTicks[minute] = (lotTicks[minute] ?? 0) + direction * (upTo - given);
    given = upTo;
  }
}

/** One lot from the cheapest minute to the dearest (or back); false when no lot can move. */
function moveLot(up: boolean, { lots, lotTicks }: Volume, path: MinutePath): boolean {
  let [cheap, dear] = [-1, -1];
  const middle = (minute: number): number => (path.high[minute] ?? 0) + (path.low[minute] ?? 0);
  const spare = (minute: number): boolean => (lots[minute] ?? 0) > 1;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    if ((lots[minute] ?? 0) === 0) continue;
    if ((!up || spare(minute)) && (cheap < 0 || middle(minute) < middle(cheap))) cheap = minute;
    if ((up || spare(minute)) && (dear < 0 || middle(minute) > middle(dear))) dear = minute;
  }
  if (cheap < 0 || dear < 0 || middle(cheap) === middle(dear)) return false;
  const [from, to] = up ? [cheap, dear] : [dear, cheap];
  for (const [minute, change] of [
    [from, -1],
    [to, 1],
  ] as const) {
    lots[minute] = (lots[minute] ?? 0) + change;
    lotTicks[minute] = Math.round(((lots[minute] ?? 0) * middle(minute)) / 2);
  }
  return true;
}

function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
