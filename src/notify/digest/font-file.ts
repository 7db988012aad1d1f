import { readFileSync } from 'node:fs';

/** Which characters a font file draws. */
export type Coverage = (codePoint: number) => boolean;

const NONE: Coverage = () => false;

/** Reads the coverage of a font file's first font (TrueType, OpenType or a collection); null when it is no such file. */
export function fontCoverage(path: string): Coverage | null {
  try {
    const bytes = readFileSync(path);
    return readCoverage(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch {
    return null;
  }
}

/** Throws RangeError for a file that ends too soon. */
function readCoverage(file: DataView): Coverage | null {
  const start = tag(file, 0) === 'ttcf' ? file.getUint32(12) : 0;
  const tables = file.getUint16(start + 4);
  for (let index = 0; index < tables; index += 1) {
    const record = start + 12 + 16 * index;
    if (tag(file, record) === 'cmap') return readCmap(file, file.getUint32(record + 8));
  }
  return null;
}

function readCmap(file: DataView, cmap: number): Coverage {
  const found: Coverage[] = [];
  const count = file.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const at = cmap + file.getUint32(cmap + 8 + 8 * index);
    const format = file.getUint16(at);
    if (format === 12) found.push(segmented(file, at));
    if (format === 4) found.push(mapped(file, at));
  }
  return found.length === 0 ? NONE : (code) => found.some((covers) => covers(code));
}

/** Format 12: groups of any code point. */
function segmented(file: DataView, at: number): Coverage {
  const groups = file.getUint32(at + 12);
  return (code) => {
    let [low, high] = [0, groups - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const group = at + 16 + 12 * middle;
      if (code < file.getUint32(group)) high = middle - 1;
      else if (code > file.getUint32(group + 4)) low = middle + 1;
      else return file.getUint32(group + 8) + code - file.getUint32(group) !== 0;
    }
    return false;
  };
}

/** Format 4: segments of 16 bits. */
function mapped(file: DataView, at: number): Coverage {
  const doubled = file.getUint16(at + 6);
  const [ends, starts] = [at + 14, at + 16 + doubled];
  return (code) => {
    if (code > 0xffff) return false;
    for (let offset = 0; offset < doubled; offset += 2) {
      if (code > file.getUint16(ends + offset)) continue;
      const first = file.getUint16(starts + offset);
      if (code < first) return false;
      const delta = file.getUint16(starts + doubled + offset);
      const rangeAt = starts + 2 * doubled + offset;
      const range = file.getUint16(rangeAt);
      const glyph = range === 0 ? code : file.getUint16(rangeAt + range + 2 * (code - first));
      return glyph !== 0 && ((glyph + delta) & 0xffff) !== 0;
    }
    return false;
  };
}

function tag(file: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => file.getUint8(at + index)));
}
