import { html, palette, standalone } from "../../plots/internal.ts";
import type { StillPicture } from "../stepper.ts";

const [box, gap, height, top] = [80, 24, 46, 30];
const perRow = 8;

/**
 * The parts of a network as boxes in a row, one of them marked, with the arrow of the pass: forward
 * to the right, backward to the left. Long networks go on in further rows.
 */
export function chain(names: readonly string[], current: number, pass: "forward" | "backward"): StillPicture {
  const columns = Math.min(names.length, perRow);
  const rows = Math.ceil(names.length / perRow);
  const [width, tall] = [columns * (box + gap) + gap, rows * (height + top) + 10];
  const arrow = pass === "forward" ? "→" : "←";
  const boxes = names.map((name, i) => {
    const [x, y] = [gap + (i % perRow) * (box + gap), top + Math.floor(i / perRow) * (height + top)];
    const isNow = i === current;
    const isDone = pass === "forward" ? i < current : i > current;
    const fill = isNow ? palette.ink : isDone ? "#dfe5e3" : "#ffffff";
    const shown = name.length > 11 ? `${name.slice(0, 10)}…` : name;
    const last = i === names.length - 1 || (i + 1) % perRow === 0;
    return html`<rect x="${x}" y="${y}" width="${box}" height="${height}" rx="4" fill="${fill}" stroke="${palette.ink}" stroke-width="${isNow ? 3 : 1}"/><text x="${x + box / 2}" y="${y + height / 2 + 5}" text-anchor="middle" font-size="13" fill="${isNow ? "#ffffff" : palette.ink}">${shown}</text>${
      last
        ? null
        : html`<text x="${x + box + gap / 2}" y="${y + height / 2 + 6}" text-anchor="middle" font-size="18" fill="${palette.ink}">${arrow}</text>`
    }`;
  });
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${tall}" viewBox="0 0 ${width} ${tall}" font-family="sans-serif"><rect width="${width}" height="${tall}" fill="#ffffff"/><text x="${gap}" y="18" font-size="13" fill="${palette.ink}">${pass} ${arrow}</text>${boxes}</svg>`;
  return {
    svg: standalone(svg.text),
    description: `${pass}: ${names[current]}, part ${current + 1} of ${names.length}`,
  };
}
