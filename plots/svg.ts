import type { ChartSpec } from "./chart.ts";
import type { Picture } from "./picture.ts";
import { type Logger, loadVega } from "./vega.ts";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Draws a picture, or any Vega-Lite specification with a description, as SVG text, without a DOM.
 * The description becomes the picture's label. Colours are CSS variables that a page may set. Vega's
 * warnings go to `warn`, by default the console's standard error.
 * @see https://vega.github.io/vega/docs/api/view/#view_toSVG
 */
export async function toSvg(
  picture: Picture | ChartSpec,
  { warn = console.warn }: { warn?: (message: string) => void } = {},
): Promise<string> {
  const spec = isPicture(picture) ? picture.spec : picture;
  const vega = await loadVega();
  const logger = loggerTo(warn);
  const view = new vega.View(vega.parse(vega.compile(spec, { logger }).spec), { renderer: "none", logger });
  const svg = await view.toSVG();
  view.finalize();
  const label = spec.description.replace(/[&<>"]/g, (character) => escapes[character] ?? "");
  return rounded(svg).replace("<svg ", () => `<svg role="img" aria-label="${label}" `);
}

/** Places to a hundredth of a pixel: Vega writes 14 digits, which nobody sees and every file holds. */
function rounded(svg: string): string {
  return svg.replace(/ (?:transform|d|x|y|x1|x2|y1|y2|width|height)="[^"]*"/g, (attribute) =>
    attribute.replace(/\d+\.\d{3,}(?![\de])/g, (number) => String(Number(Number(number).toFixed(2)))),
  );
}

function isPicture(picture: Picture | ChartSpec): picture is Picture {
  return "toMimeBundle" in picture;
}

function loggerTo(warn: (message: string) => void): Logger {
  const tell = (...message: unknown[]): Logger => {
    warn(`vega: ${message.map(String).join(" ")}`);
    return logger;
  };
  const silent = (): Logger => logger;
  const logger: Logger = { level: () => 2, error: tell, warn: tell, info: silent, debug: silent };
  return logger;
}
