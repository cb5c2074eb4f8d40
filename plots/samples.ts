import { count, expectArgument, optional, settleOptions } from "../np/internal.ts";
import { samples as someSamples } from "./arguments.ts";
import { chart } from "./chart.ts";
import { pngAddress } from "./image.ts";
import { inPixels } from "./linear-axis.ts";
import { palette } from "./palette.ts";
import type { Picture } from "./picture.ts";

/**
 * Pictures with their true classes and both sides' predictions; all arrays have the same length.
 */
export interface Samples {
  /** Each has height · width · channels values of 0 to 255, with 1, 3 or 4 channels. */
  readonly images: readonly Uint8Array[];
  readonly height: number;
  readonly width: number;
  readonly truth: readonly string[];
  readonly manual: readonly string[];
  readonly autograd: readonly string[];
}

const contract = { name: "sampleGrid", positional: {}, options: { columns: optional(count(), 8) } };

// Without a DOM, Vega estimates text about 1.5 times too wide.
const limit = 180;
const cell = { width: 128, height: 144, picture: 84 };

/**
 * Draws sample pictures in rows, each above its true class and the sides' predictions. Wrong
 * predictions are framed and crossed, with one line per side where the sides differ.
 * @throws RangeError when the arrays differ in length
 */
export function sampleGrid(samples: Samples, options: { readonly columns?: number } = {}): Picture {
  expectArgument("sampleGrid", "samples", someSamples, samples);
  const { columns } = settleOptions("sampleGrid", contract, options);
  const { images, truth, manual, autograd } = samples;
  for (const [name, list] of Object.entries({ truth, manual, autograd })) {
    if (list.length !== images.length) {
      throw new RangeError(
        `sampleGrid: ${name} has ${list.length} entries, expected ${images.length}, one per image`,
      );
    }
  }
  const across = Math.max(1, Math.min(columns, images.length));
  const scale = cell.picture / Math.max(samples.height, samples.width);
  const rows = images.map((image, i) => {
    const [is, chalk, tape] = [truth[i] ?? "", manual[i] ?? "", autograd[i] ?? ""];
    const right = chalk === is && tape === is;
    return {
      url: pngAddress(image, samples.height, samples.width),
      x: ((i % across) + 0.5) * cell.width,
      y: Math.floor(i / across) * cell.height,
      right,
      truth: is,
      says: right ? `✓ ${chalk}` : chalk === tape ? `✗ ${chalk}` : [`✗ chalk ${chalk}`, `✗ tape ${tape}`],
    };
  });
  const wrong = rows.filter((row) => !row.right).length;
  const split = manual.filter((label, i) => label !== autograd[i]).length;
  const place = (dy: number): object => ({
    x: inPixels("x"),
    y: inPixels("y"),
    yOffset: { value: dy },
  });
  const colour = { condition: { test: "datum.right", value: palette.muted }, value: palette.alarm };
  const text = (dy: number, field: string, mark: object, encoding: object): object => ({
    mark: { type: "text", baseline: "top", limit, fontSize: 12.5, ...mark },
    encoding: { ...place(dy), text: { field }, ...encoding },
  });
  const middle = 6 + cell.picture / 2;
  const description =
    `${images.length} sample pictures with true class and predictions: ${wrong} predicted wrongly, ` +
    `${split} on which chalk and tape differ.`;
  return chart(description, {
    width: across * cell.width,
    height: Math.ceil(images.length / across) * cell.height,
    data: { values: rows },
    layer: [
      {
        transform: [{ filter: "!datum.right" }],
        mark: {
          type: "rect",
          width: cell.picture + 8,
          height: cell.picture + 8,
          stroke: palette.alarm,
          strokeWidth: 3,
          fillOpacity: 0,
        },
        encoding: place(middle),
      },
      {
        mark: {
          type: "image",
          width: samples.width * scale,
          height: samples.height * scale,
          smooth: false,
          aspect: false,
        },
        encoding: { ...place(middle), url: { field: "url" } },
      },
      text(cell.picture + 12, "truth", { fontWeight: "bold" }, { color: { value: palette.ink } }),
      text(cell.picture + 27, "says", {}, { color: colour }),
    ],
  });
}
