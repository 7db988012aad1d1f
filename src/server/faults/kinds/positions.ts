import * as z from 'zod';

import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { errorAnswer } from '../../messages.ts';
import { defineFault, pick } from '../kind.ts';
import { changeWholeList, withoutMembers } from '../rows.ts';

const QUANTITIES = ['amount', 'available_amount', 'closeable_amount', 'can_use_volume'];

/** Positions that fail, come empty, in part, or without their quantities; also inside the account answer, where failed is empty. */
export const positions = defineFault({
  kind: 'positions',
  about: 'lets positions fail, come empty, in part (every second row), or without quantities',
  actions: ['broker.positions', 'broker.get_positions', 'broker.account', 'broker.get_account_info'],
  rhythm: 'event',
  params: { mode: z.enum(['error', 'empty', 'partial', 'missing_fields']) },
  variant: ({ mode }) => mode,
  draw: (rng) => ({ mode: pick(rng, ['error', 'empty', 'partial', 'missing_fields']) }),
  effect: ({ mode }) => ({
    after: (answer, call) => {
      if (answer === null || answer['type'] !== 'response') return 'on';
      call.happened(answer);
      if (mode === 'error' && Array.isArray(answer['payload'])) {
        return { answer: errorAnswer('REQUEST_FAILED', '获取持仓失败: 查询返回空值', call.message['id']) };
      }
      const change = (rows: readonly unknown[]): unknown[] => changed(rows, mode);
      return { answer: changeWholeList(insideAccount(answer, change), change) };
    },
  }),
});

function changed(rows: readonly unknown[], mode: 'error' | 'empty' | 'partial' | 'missing_fields'): unknown[] {
  switch (mode) {
    case 'error':
    case 'empty':
      return [];
    case 'partial':
      return rows.filter((_, index) => index % 2 === 1);
    case 'missing_fields':
      return rows.map((row) => (isJsonObject(row) ? withoutMembers(row, QUANTITIES) : row));
  }
}

/** The account answer holds its positions twice: under `value` and beside it. */
function insideAccount(answer: JsonObject, change: (rows: readonly unknown[]) => unknown[]): JsonObject {
  const { payload } = answer;
  if (!isJsonObject(payload)) return answer;
  const replaced = (holder: JsonObject): JsonObject => {
    const rows = holder['positions'];
    return Array.isArray(rows) ? { ...holder, positions: change(rows) } : holder;
  };
  const outer = replaced(payload);
  return { ...answer, payload: isJsonObject(outer['value']) ? { ...outer, value: replaced(outer['value']) } : outer };
}
