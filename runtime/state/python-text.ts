/** A variable as Python keeps it: its pickle, and how it looks there. */
export interface PythonText {
  /** Base64; null when it could not be kept. */
  readonly pickle: string | null;
  /** Its `repr`, cut; why it is not kept when it is not. */
  readonly shown: string;
}

const KEPT = 'py4:';
const LOST = 'lost:';

/** True for a kept text that Python has written. Nothing of ours begins so: it would be no JSON. */
export function isPythonText(text: string): boolean {
  return text.startsWith(KEPT) || text.startsWith(LOST);
}

/** The parts of a text that Python has written; null for any other. */
export function readPythonText(text: string): PythonText | null {
  if (text.startsWith(LOST)) return { pickle: null, shown: text.slice(LOST.length) };
  if (!text.startsWith(KEPT)) return null;
  const end = text.indexOf(':', KEPT.length);
  const pickle = end === -1 ? text.slice(KEPT.length) : text.slice(KEPT.length, end);
  return { pickle, shown: end === -1 ? `<${pickle.length} characters>` : text.slice(end + 1) };
}
