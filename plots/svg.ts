import type { ChartSpec } from "./chart.ts";
import { type Logger, loadVega } from "./vega.ts";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Draws a chart as SVG text, without a DOM; the description becomes the picture's label. Vega's
 * warnings go to `warn`, by default the console's standard error.
 * @see https://vega.github.io/vega/docs/api/view/#view_toSVG
 */
export async function toSvg(
  spec: ChartSpec,
  { warn = console.warn }: { warn?: (message: string) => void } = {},
): Promise<string> {
  const vega = await loadVega();
  const logger = loggerTo(warn);
  const view = new vega.View(vega.parse(vega.compile(spec, { logger }).spec), { renderer: "none", logger });
  const svg = await view.toSVG();
  view.finalize();
  const label = spec.description.replace(/[&<>"]/g, (character) => escapes[character] ?? "");
  return svg.replace("<svg ", () => `<svg role="img" aria-label="${label}" `);
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
