import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fontCoverage, type Coverage } from './font-file.ts';

/** A file to draw with. */
export interface Font {
  readonly path: string;
  readonly covers: Coverage;
}

/** Where systems keep fonts. */
const FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.local/share/fonts'),
  join(homedir(), '.fonts'),
  '/System/Library/Fonts',
  '/Library/Fonts',
  join(homedir(), 'Library/Fonts'),
  'C:/Windows/Fonts',
];
/** Those that draw Chinese first, then those that are there nearly always. */
const WANTED = [
  /^NotoSans(?:Mono)?CJK.*Regular/iu,
  /^NotoSansSC.*(?:Regular|\[wght\]|VF)/iu,
  /^SourceHanSans.*Regular/iu,
  /^wqy-(?:microhei|zenhei)/iu,
  /^PingFang/iu,
  /^Hiragino Sans GB/iu,
  /^STHeiti/iu,
  /^msyh\.tt/iu,
  /^simhei\.ttf/iu,
  /^simsun\.tt/iu,
  /^DroidSansFallback/iu,
  /^(?:NotoSans-Regular|DejaVuSans|LiberationSans-Regular|Lato-Regular|arial|Helvetica)\.(?:ttf|ttc|otf)/iu,
];
const DEEPEST = 4;
/** What every picture is made of. */
const BASIC = '0123456789 ABCXYZabcxyz%+-.,:()';

/** The fonts of this machine that can draw a picture at all, best first; a file that the user names is the only one. */
export function findFonts(asked: string | null, folders: readonly string[] = FOLDERS): readonly Font[] {
  const paths = asked === null ? sorted(folders.flatMap((folder) => filesIn(folder, DEEPEST))) : [asked];
  return paths.flatMap((path) => {
    const covers = fontCoverage(path);
    return covers !== null && draws({ covers }, BASIC) ? [{ path, covers }] : [];
  });
}

/** Whether a font draws each character of a text: what it does not would be a box. */
export function draws({ covers }: Pick<Font, 'covers'>, text: string): boolean {
  return Array.from(text, (letter) => letter.codePointAt(0) ?? 0).every(covers);
}

function sorted(paths: readonly string[]): readonly string[] {
  const name = (path: string): string => path.split(/[/\\]/u).at(-1) ?? path;
  return WANTED.flatMap((wanted) => paths.filter((path) => wanted.test(name(path))).toSorted());
}

function filesIn(folder: string, depth: number): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return depth > 1 ? filesIn(path, depth - 1) : [];
      return /\.(?:ttf|ttc|otf)$/iu.test(entry.name) ? [path] : [];
    });
  } catch {
    return []; // not there, or not ours to read
  }
}
