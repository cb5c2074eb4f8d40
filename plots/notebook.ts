import { expectArgument, text } from "../np/internal.ts";

/** The object that the tslab kernel puts in the global scope of its cells. */
interface Kernel {
  require(name: "tslab"): { readonly display: { svg(svg: string): void } };
}

/**
 * Shows a picture. In a tslab notebook it becomes the cell's output and nothing is returned;
 * elsewhere its size and label are returned as text. Use it as a cell's last expression:
 * `picture(await toSvg(spec))`.
 */
export function picture(svg: string): string | undefined {
  expectArgument("picture", "svg", text, svg);
  const kernel = (globalThis as { __tslab__?: Kernel }).__tslab__;
  if (kernel) {
    kernel.require("tslab").display.svg(svg);
    return undefined;
  }
  const [, label = "picture"] = /aria-label="([^"]*)"/.exec(svg) ?? [];
  const [, width = "?", height = "?"] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return `[${label} SVG, ${width} × ${height}; a notebook shows it]`;
}
