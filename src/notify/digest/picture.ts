import { errorMessage } from '../../domain/errors.ts';
import type { Digest } from './digest.ts';
import { draws, findFonts, type Font } from './font.ts';
import { digestSvg } from './svg.ts';

interface Drawing {
  readonly amounts: boolean;
  /** The font's file; null = one that is found. */
  readonly font: string | null;
}

type Tell = (level: 'info' | 'warning', text: string) => void;

/** PNG of the day, where a font is found that draws it; null = there is none, which is told. Takes some 50 ms of CPU. Never rejects. */
export async function digestPicture(
  digest: Digest,
  source: string,
  { amounts, font }: Drawing,
  tell: Tell,
): Promise<Uint8Array | null> {
  try {
    const fonts = findFonts(font);
    const chosen = choose(fonts, digest.positions.map(({ name }) => name ?? '').join(''));
    if (chosen === null) {
      tell('info', 'The digest is told without a picture: no font was found to draw it (NOTIFY_FONT names one).');
      return null;
    }
    const svg = digestSvg(digest, source, amounts, (text) => draws(chosen, text));
    return await renderPng(svg, chosen.path);
  } catch (error) {
    tell('warning', `The digest is told without a picture: ${errorMessage(error)}`);
    return null;
  }
}

/** One that draws every name, else the first: names that it does not draw are left out. */
function choose(fonts: readonly Font[], names: string): Font | null {
  return fonts.find((font) => draws(font, names)) ?? fonts[0] ?? null;
}

/** Loaded when there is something to draw: a native library. */
async function renderPng(svg: string, font: string): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const fonts = { loadSystemFonts: false, fontFiles: [font] };
  return new Resvg(svg, { font: fonts, fitTo: { mode: 'zoom', value: 1.5 } }).render().asPng();
}
