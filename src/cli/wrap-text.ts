/** A screen of a terminal as most have it, in columns. */
export const SCREEN_WIDTH = 100;
/** Behind a head that leaves less than this, a line is too long rather than a column of words. */
const MIN_BEHIND = 40;
/** Characters that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
/** A line may break beside each of these, but not before the signs. */
const BREAKABLE =
  /(?<=[\u2e80-\ua4cf\uff00-\uff60])(?<![（“‘])(?![、。，：；？！）”’])|(?<!^)(?<![（“‘])(?=[\u3400-\u9fff（“‘])/u;

/** Columns of a terminal that a text takes. */
export function textWidth(text: string): number {
  return Array.from(text, charWidth).reduce((sum, width) => sum + width, 0);
}

/** The text with spaces behind it, `width` columns wide. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** A text behind a head of `indent` columns, where its further lines begin too. */
export function wrapBehind(indent: number, text: string, width = SCREEN_WIDTH): string {
  const margin = ' '.repeat(indent);
  return text
    .split('\n')
    .flatMap((line) => wrapText(line, Math.max(MIN_BEHIND, width - indent)).split('\n'))
    .join(`\n${margin}`);
}

/** Each line of a text as `wrapText` breaks it. */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => wrapText(line, width))
    .join('\n');
}

/**
 * A line broken into lines of at most `width` columns: between words, where Chinese stands between its characters, and within a word that is
 * longer. What it begins with, each line does.
 */
export function wrapText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const indent = /^ */u.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = indent;
  for (const { word, space } of words(text.slice(indent.length), width - indent.length)) {
    const longer = line === indent ? `${line}${word}` : `${line}${space}${word}`;
    if (line !== indent && textWidth(longer) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line].join('\n');
}

/** What is not broken, and what stands before it on the same line. */
function words(text: string, width: number): { word: string; space: string }[] {
  return text
    .split(' ')
    .flatMap((each) =>
      each
        .split(BREAKABLE)
        .flatMap((part, at) => pieces(part, width).map((word, no) => ({ word, space: at === 0 || no > 0 ? ' ' : '' }))),
    );
}

/** Each line of a text as `wrapText` breaks it; lines without a margin, one after the other, are filled anew where one of them is too wide. */
export function wrapPage(text: string, width: number): string {
  const page: string[] = [];
  let paragraph: string[] = [];
  const end = (): void => {
    const isTooWide = paragraph.some((line) => textWidth(line) > width);
    page.push(...(isTooWide ? [wrapText(paragraph.reduce(joined), width)] : paragraph));
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    if (/^\S/u.test(line)) paragraph.push(line);
    else {
      end();
      page.push(wrapText(line, width));
    }
  }
  end();
  return page.join('\n');
}

/** Between Chinese characters a new line is no space. */
function joined(text: string, line: string): string {
  const isWide = WIDE.test(text.slice(-1)) && WIDE.test(line.slice(0, 1));
  return `${text}${isWide ? '' : ' '}${line}`;
}

/** A word that is longer than a line, cut. */
function pieces(word: string, width: number): string[] {
  const cut: string[] = [];
  let piece = '';
  for (const char of word) {
    if (piece !== '' && textWidth(piece) + charWidth(char) > width) {
      cut.push(piece);
      piece = '';
    }
    piece += char;
  }
  return [...cut, piece];
}

function charWidth(char: string): number {
  return WIDE.test(char) ? 2 : 1;
}
