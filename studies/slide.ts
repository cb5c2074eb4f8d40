import { type Picture, toSvg } from "../plots/index.ts";
import { html, palette, standalone, trusted } from "../plots/internal.ts";

/** A slide of 16:9, in units of its own. */
const [width, height, margin] = [1600, 900, 60];
const noteSize = 24;
/** From the size that is wished down to the smallest that can be read from the last row. */
const captionSizes = [34, 30, 27, 24, 21];
const captionHeight = 210;
/** The height that the caption's lines share; the note stands below them. */
const linesHeight = 140;
/** Characters of a line that fit the width, times their size. */
const perLine = 86 * 34;

/**
 * A picture with a caption under it, as SVG of 16:9 for a lecture's slide.
 * `note` stands below in small letters: seeds, data set, command.
 */
export async function slide(picture: Picture, caption: string, note: string): Promise<string> {
  const inner = await toSvg(picture);
  const [, w = "1", h = "1"] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(inner) ?? [];
  const [room, above] = [width - 2 * margin, height - captionHeight - margin];
  const scale = Math.min(room / Number(w), above / Number(h));
  const left = (width - scale * Number(w)) / 2;
  const body = inner.replace(/^<svg [^>]*>/, "").replace(/<\/svg>\s*$/, "");
  const { lines, size } = fitted(caption);
  const top = height - captionHeight + 20;
  const texts = lines.map(
    (line, i) => html`<text x="${margin}" y="${top + i * size * 1.25}" font-size="${size}">${line}</text>`,
  );
  const drawn = html`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" role="img" aria-label="${caption}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="${palette.board}"/>
<g transform="translate(${left.toFixed(1)} ${margin / 2}) scale(${scale.toFixed(4)})">${trusted(body)}</g>
<g font-family="system-ui, 'Helvetica Neue', Arial, sans-serif" fill="${palette.ink}">${texts}
<text x="${margin}" y="${height - 24}" font-size="${noteSize}" fill="${palette.muted}">${note}</text></g>
</svg>
`;
  return standalone(drawn.text);
}

/** The caption's lines in the largest size in which they all fit. */
function fitted(caption: string): { readonly lines: string[]; readonly size: number } {
  const sized = captionSizes.map((size) => ({ size, lines: wrap(caption, Math.floor(perLine / size)) }));
  const [fit] = sized.filter(({ lines, size }) => (lines.length - 1) * size * 1.25 <= linesHeight - size);
  return fit ?? { size: 21, lines: wrap(caption, Math.floor(perLine / 21)) };
}

/** Words in lines of at most `most` characters. */
function wrap(text: string, most: number): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const last = lines.at(-1) ?? "";
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
