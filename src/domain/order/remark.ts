/** QMT keeps so many bytes of a remark and cuts the rest without a word; UTF-8 is the widest encoding a terminal may store it in. */
const MAX_BYTES = 24;
const PREFIX = 'bt:';
const TAG_LENGTH = 8;
const MARK = new RegExp(`^[0-9a-z]{${TAG_LENGTH}}$`);
const TAG = new RegExp(`${PREFIX}([0-9a-z]{${TAG_LENGTH}})(?![0-9a-z])`);
/** What is left behind `bt:<tag>:`: 12 letters, or 4 Chinese characters. */
export const LABEL_BYTES = MAX_BYTES - PREFIX.length - TAG_LENGTH - 1;

/** `bt:<tag>:<label>`, the unique part first so that a cut or a prefix of the server's leaves it whole. */
export function remarkOf(tag: string, label: string | null): string {
  const kept = label === null ? '' : labelKept(label);
  return kept === '' ? `${PREFIX}${tag}` : `${PREFIX}${tag}:${kept}`;
}

/** What of a label fits into a remark, cut between characters. */
export function labelKept(label: string): string {
  const characters = new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(sendable(label));
  let kept = '';
  let bytes = 0;
  for (const { segment } of characters) {
    bytes += new TextEncoder().encode(segment).length;
    if (bytes > LABEL_BYTES) break;
    kept += segment;
  }
  return kept.trimEnd();
}

/** Without what no terminal shows: control characters and halves of a character. */
function sendable(label: string): string {
  return label.replaceAll(/\p{Cc}|\p{Cs}/gu, '').trim();
}

/** What a remark must contain to be ours. */
export function tagMark(tag: string): string {
  return `${PREFIX}${tag}`;
}

/** The tag in a remark of this family of programs (ours or another instance's), else null. */
export function tagIn(remark: string): string | null {
  return TAG.exec(remark)?.[1] ?? null;
}

/** Every text in a remark that `tagMark` could be looking for, whatever follows it. */
export function marksIn(remark: string): string[] {
  const marks: string[] = [];
  for (let at = remark.indexOf(PREFIX); at >= 0; at = remark.indexOf(PREFIX, at + 1)) {
    const mark = remark.slice(at + PREFIX.length, at + PREFIX.length + TAG_LENGTH);
    if (MARK.test(mark)) marks.push(mark);
  }
  return marks;
}
