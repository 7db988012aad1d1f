import { chinaText } from '../domain/time.ts';
import type { ShownCall } from '../engine/replay/call-script.ts';
import type { ReplayDifference } from '../engine/replay/replayer.ts';

/** Longest call shown, in characters. */
const MOST = 300;

/** What came out otherwise: hook, call, line. */
export function differenceText({ name, time, call, location, ends }: ReplayDifference): string {
  const where = location === null ? '' : ` (${location})`;
  const head = `${chinaText(time)} ${name}${where}`;
  if (call === null) return `${head}\n  recorded: ${ends?.recorded ?? ''}\n  replayed: ${ends?.replayed ?? ''}`;
  return `${head}, call ${call.number}\n  recorded: ${callText(call.recorded)}\n  replayed: ${callText(call.replayed)}`;
}

function callText(call: ShownCall | null): string {
  if (call === null) return 'no call any more';
  const text = `${call.name}${call.args}`;
  return text.length <= MOST ? text : `${text.slice(0, MOST)}… (${text.length} characters)`;
}
