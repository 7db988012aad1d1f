import { MAX_KEPT_TEXT } from './limits.ts';
import { requestFailed } from './python.ts';

/** A text that is kept with an order; REQUEST_FAILED, before anything is entered, when it is too long. `name`: of its field. */
export function keptText(name: string, text: string): string {
  if (text.length <= MAX_KEPT_TEXT) return text;
  throw requestFailed(`${name} 过长（上限 ${MAX_KEPT_TEXT} 字符）`);
}
