import { requestFailed } from '../python.ts';

/** Throws what the gateway says of a `data.` method it does not have. */
export function notImplemented(method: string): never {
  throw requestFailed(`数据接口 ${method} 未实现`);
}
