import type { GatewayPosition } from '../../domain/gateway.ts';
import { chinaDay } from '../../domain/time.ts';
import { heldFields } from '../../protocol/encode/account-answers.ts';
import type { JsonObject } from '../../protocol/json.ts';
import type { AccountConfig } from '../account-types.ts';
import { worthOf } from '../monitor/worth.ts';
import type { ActionServices } from './action.ts';

/** Rows of positions with what they have gained, and, where a history is kept, for how many trading days they are held. */
export function heldPositions(
  positions: readonly GatewayPosition[],
  { key }: AccountConfig,
  { dialect, history, clock }: Pick<ActionServices, 'dialect' | 'history' | 'clock'>,
): JsonObject[] {
  const today = chinaDay(clock.now());
  return positions.map((position) => {
    const held = position.amount === 0 ? null : (history?.held(key, position.security, today) ?? null);
    return dialect.positionRow(position, heldFields(worthOf(position), held));
  });
}
