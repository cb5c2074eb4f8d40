import { expectArgument } from "../np/internal.ts";
import { sheet } from "./arguments.ts";
import { chart } from "./chart.ts";
import { pngAddress } from "./image.ts";
import { inPixels } from "./linear-axis.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/** Pictures in related rows, such as an image and its transformed versions. */
export interface Sheet {
  readonly rows: readonly {
    readonly label: string;
    /** Each has height · width · channels bytes; null leaves the place empty. */
    readonly images: readonly (Uint8Array | null)[];
  }[];
  readonly height: number;
  readonly width: number;
  /** The column headings. Default: none. */
  readonly headings?: readonly string[];
}

const cell = 76;
const picture = 68;
const head = 22;
const labels = 110;

/**
 * Draws a sheet of pictures, one row per label, every pixel a square.
 * @throws RangeError for images of another size
 */
export function imageSheet(drawn: Sheet): Picture {
  expectArgument("imageSheet", "sheet", sheet, drawn);
  const { rows, height, width, headings = [] } = drawn;
  const across = Math.max(1, headings.length, ...rows.map(({ images }) => images.length));
  const scale = picture / Math.max(height, width);
  const top = headings.length > 0 ? head : 0;
  const images = rows.flatMap(({ images: list }, row) =>
    list.flatMap((image, column) =>
      image
        ? [
            {
              url: pngAddress(image, height, width),
              x: labels + (column + 0.5) * cell,
              y: top + (row + 0.5) * cell,
            },
          ]
        : [],
    ),
  );
  const names = rows.map(({ label }, row) => ({ text: label, x: labels - 10, y: top + (row + 0.5) * cell }));
  const above = headings.map((text, column) => ({ text, x: labels + (column + 0.5) * cell, y: head / 2 }));
  const place = {
    x: inPixels("x"),
    y: inPixels("y"),
  };
  const text = (values: readonly object[], mark: object): object => ({
    data: { values },
    mark: { type: "text", baseline: "middle", fontSize: 12.5, color: palette.ink, ...mark },
    encoding: { ...place, text: { field: "text" } },
  });
  const counts = rows.map(({ label, images: list }) => `${label} (${list.filter(Boolean).length})`);
  const description = `A sheet of pictures, row by row: ${counts.join(", ")}.`;
  return chart(description, {
    width: labels + across * cell,
    height: top + rows.length * cell,
    layer: [
      {
        data: { values: images },
        mark: { type: "image", width: width * scale, height: height * scale, smooth: false, aspect: false },
        encoding: { ...place, url: { field: "url" } },
      },
      text(names, { align: "right", limit: 1.5 * labels }),
      text(above, { align: "center", limit: 1.5 * cell, color: palette.muted }),
    ],
  });
}
