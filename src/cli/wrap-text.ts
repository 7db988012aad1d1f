/** Characters that take two columns of a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Columns of a terminal that a text takes. */
export function textWidth(text: string): number {
  return Array.from(text, charWidth).reduce((sum, width) => sum + width, 0);
}

/** A line broken into lines of at most `width` columns: between words, and within one that is longer. What it begins with, each line does. */
export function wrapText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const indent = /^ */u.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = indent;
  for (const word of text
    .slice(indent.length)
    .split(' ')
    .flatMap((each) => pieces(each, width - indent.length))) {
    const longer = line === indent ? `${line}${word}` : `${line} ${word}`;
    if (line !== indent && textWidth(longer) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line].join('\n');
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
