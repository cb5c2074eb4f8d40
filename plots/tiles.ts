import { inPixels } from "./linear-axis.ts";
import { palette } from "./palette.ts";

/** Small pictures of one size in rows, each above its label. */
export interface Tiles {
  /** The `data:` URL of each picture. */
  readonly urls: readonly string[];
  /** A text for each picture; null for none. */
  readonly labels: readonly string[] | null;
  /** Pictures in a row. */
  readonly across: number;
  /** Pixels of a picture before it is enlarged. */
  readonly height: number;
  readonly width: number;
}

/** More than these make a picture that is slow to show. */
export const mostImages = 200;

const cell = { picture: 64, gap: 8, text: 18 };

/** The view that holds the tiles: its size, its rows of data and its layers. */
export function tiles({ urls, labels, across, height, width }: Tiles): {
  readonly width: number;
  readonly height: number;
  readonly data: { readonly values: readonly object[] };
  readonly layer: readonly object[];
} {
  const size = { x: cell.picture + cell.gap, y: cell.picture + cell.gap + (labels ? cell.text : 0) };
  const scale = cell.picture / Math.max(height, width);
  const values = urls.map((url, i) => ({
    url,
    x: ((i % across) + 0.5) * size.x,
    y: Math.floor(i / across) * size.y,
    ...(labels && { label: labels[i] ?? "" }),
  }));
  const place = (dy: number): object => ({
    x: inPixels("x"),
    y: inPixels("y"),
    yOffset: { value: dy },
  });
  const pictures = {
    mark: { type: "image", width: width * scale, height: height * scale, smooth: false, aspect: false },
    encoding: { ...place(cell.picture / 2), url: { field: "url" } },
  };
  const captions = {
    mark: { type: "text", baseline: "top", fontSize: 12, color: palette.ink, limit: 1.5 * size.x },
    encoding: { ...place(cell.picture + 4), text: { field: "label" } },
  };
  return {
    width: across * size.x,
    height: Math.ceil(urls.length / across) * size.y,
    data: { values },
    layer: [pictures, ...(labels ? [captions] : [])],
  };
}
