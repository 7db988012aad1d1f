/** QMT cuts remarks at 24 ASCII characters. */
const MAX_REMARK = 24;
const PREFIX = 'bt:';
const TAG_LENGTH = 8;
const MARK = new RegExp(`${PREFIX}([0-9a-z]{${TAG_LENGTH}})`, 'g');
const TAG = new RegExp(`${PREFIX}([0-9a-z]{${TAG_LENGTH}})(?![0-9a-z])`);

/** `bt:<tag>:<label>`, the unique part first so that a cut or a prefix of the server's leaves it whole. */
export function remarkOf(tag: string, label: string | null): string {
  const text = label === null ? '' : `:${label.replaceAll(/[^!-~]/g, '')}`;
  return `${PREFIX}${tag}${text === ':' ? '' : text}`.slice(0, MAX_REMARK);
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
  return Array.from(remark.matchAll(MARK), (match) => match[1] ?? '');
}
