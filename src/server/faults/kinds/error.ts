import * as z from 'zod';

import type { Rng } from '../../../platform/random.ts';
import { errorAnswer } from '../../messages.ts';
import type { FaultCall } from '../kind.ts';
import { BROKER, defineFault, pick, WHEN } from '../kind.ts';

/** What the deployed back ends say with a code, where a plan does not say it. */
const MESSAGES: Readonly<Record<string, string>> = {
  REQUEST_FAILED: 'QMT 下单失败: 下单返回空值',
  REQUEST_TIMEOUT: '请求超时（>60.0s）',
  QMT_UNAVAILABLE: 'QMT 暂不可用，请稍后重试',
  QMT_RECONNECTING: 'QMT 正在重连，请稍后重试',
  UNSUPPORTED: '不支持的消息类型 request',
  BIG_QMT_GATEWAY_UNAVAILABLE: 'big QMT gateway unavailable: connection refused',
  BIG_QMT_GATEWAY_TIMEOUT: 'big QMT gateway timeout',
  BIG_QMT_GATEWAY_ERROR: 'big QMT gateway returned an invalid response',
  TRADING_DISABLED: 'trading is disabled',
  NOT_FOUND: 'not found',
};

/** Codes whose text leaves open what happened to an order: they may come before and after it was carried out. */
const DRAWN = [
  'REQUEST_FAILED',
  'REQUEST_TIMEOUT',
  'QMT_UNAVAILABLE',
  'QMT_RECONNECTING',
  'BIG_QMT_GATEWAY_UNAVAILABLE',
  'BIG_QMT_GATEWAY_TIMEOUT',
  'BIG_QMT_GATEWAY_ERROR',
  'HTTP_502',
] as const;

/** An error in the place of the answer. */
export const error = defineFault({
  kind: 'error',
  about: 'answers with an error, before the request is carried out (it is then not) or after it',
  actions: BROKER,
  rhythm: 'event',
  params: {
    code: z.string().regex(/^[A-Z][A-Z0-9_]*$/u, { error: 'is no error code: write one like REQUEST_TIMEOUT' }),
    message: z.string().min(1).optional(),
    when: WHEN,
  },
  variant: ({ code, when }) => `${when} ${code}`,
  draw: (rng: Rng) => ({ code: pick(rng, DRAWN), when: pick(rng, ['before', 'after']) }),
  effect: ({ code, message, when }) => {
    const answer = (call: FaultCall): { answer: ReturnType<typeof errorAnswer> } => ({
      answer: errorAnswer(code, message ?? MESSAGES[code] ?? code, call.message['id']),
    });
    return {
      before: (call) => {
        if (when !== 'before') return 'on';
        call.happened();
        return answer(call);
      },
      after: (done, call) => {
        if (when !== 'after') return 'on';
        call.happened(done);
        return answer(call);
      },
    };
  },
});
