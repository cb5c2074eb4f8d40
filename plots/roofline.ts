import {
  expectArgument,
  listWith,
  number,
  type OptionTable,
  objectWith,
  settleOptions,
  text,
} from "../np/internal.ts";
import { chart } from "./chart.ts";
import { type ChartOptions, chartOptions, sizeOf } from "./labels.ts";
import { inPixels } from "./linear-axis.ts";
import { short } from "./number-format.ts";
import { classShapes, palette } from "./palette.ts";
import type { Picture } from "./picture.ts";
import { besides } from "./place-labels.ts";

/** What was measured of one kernel. */
export interface MeasuredKernel {
  readonly name: string;
  /** Floating-point operations for each byte that is moved between memory and processor. */
  readonly intensity: number;
  /** GFLOP/s, measured. */
  readonly speed: number;
}

/** What a machine can do at most. */
export interface MachineLimits {
  /** GFLOP/s. */
  readonly peak: number;
  /** GB/s between memory and processor. */
  readonly bandwidth: number;
}

const positive = number({ above: 0 });

const someKernels = listWith(
  "a list of kernels { name, intensity, speed }",
  objectWith<MeasuredKernel>("a kernel { name, intensity, speed }", {
    name: text,
    intensity: positive,
    speed: positive,
  }),
);

const someMachine = objectWith<MachineLimits>("the limits of the machine: { peak, bandwidth }", {
  peak: positive,
  bandwidth: positive,
});

const contract = {
  name: "roofline",
  positional: {},
  options: { ...chartOptions } satisfies OptionTable<ChartOptions>,
};

/**
 * Draws the roofline of a machine, min(peak, bandwidth · intensity) in GFLOP/s, on logarithmic axes,
 * and what kernels reached below it. A kernel left of the ridge waits for memory, one on its right
 * for arithmetic. A thin line leads from each dot up to its limit.
 * @throws TypeError and RangeError for anything but positive numbers
 * @see Williams, Waterman & Patterson, "Roofline: An Insightful Visual Performance Model for Multicore Architectures", CACM 52 (2009)
 * @example roofline([{ name: "add", intensity: 0.1, speed: 1 }], { peak: 40, bandwidth: 20 }).description.slice(-39) // "add reaches 50 % of what memory allows."
 */
export function roofline(
  kernels: readonly MeasuredKernel[],
  machine: MachineLimits,
  options: ChartOptions = {},
): Picture {
  expectArgument("roofline", "kernels", someKernels, kernels);
  expectArgument("roofline", "machine", someMachine, machine);
  const { title, xLabel, yLabel, width } = settleOptions("roofline", contract, options);
  const { peak, bandwidth } = machine;
  const ridge = peak / bandwidth;
  const roof = (intensity: number): number => Math.min(peak, bandwidth * intensity);
  const size = sizeOf(width);
  const xs = around([ridge, ...kernels.map(({ intensity }) => intensity)], 3);
  const ys = around([peak, roof(xs[0]), ...kernels.map(({ speed }) => speed)], 1.6);
  const share = (value: number, [low, high]: readonly [number, number]): number =>
    Math.log(value / low) / Math.log(high / low);
  const pixel = (x: number, y: number): { x: number; y: number } => ({
    x: share(x, xs) * size.width,
    y: (1 - share(y, ys)) * size.height,
  });
  const axis = (field: string, name: string, domain: readonly [number, number]): object => ({
    field,
    type: "quantitative",
    title: name,
    scale: { type: "log", domain, nice: false },
    axis: { tickCount: 5, format: "~g", grid: true },
  });
  const x = axis("x", xLabel ?? "arithmetic intensity (FLOP/byte)", xs);
  const y = axis("y", yLabel ?? "speed (GFLOP/s)", ys);
  // Labels keep clear of the roof.
  const roofBoxes = Array.from({ length: 100 }, (_, i) => {
    const at = xs[0] * (xs[1] / xs[0]) ** (i / 99);
    const { x: left, y: above } = pixel(at, roof(at));
    return { x: left - 4, y: above - 4, width: 8, height: 8 };
  });
  const labels = besides(
    kernels.map(({ name, intensity, speed }) => ({ text: name, ...pixel(intensity, speed) })),
    size,
    roofBoxes,
  );
  const dots = kernels.map(({ name, intensity, speed }) => ({
    name,
    x: intensity,
    y: speed,
    roof: roof(intensity),
    limit: intensity < ridge ? "memory" : "arithmetic",
  }));
  const line = [xs[0], ridge, xs[1]].map((at) => ({ x: at, y: roof(at) }));
  const words = [
    { text: `peak ${short(peak)} GFLOP/s`, x: xs[1], y: peak },
    {
      text: `memory ${short(bandwidth)} GB/s`,
      x: Math.sqrt(xs[0] * ridge),
      y: roof(Math.sqrt(xs[0] * ridge)),
    },
  ];
  return chart(
    `The roofline of a machine with ${short(peak)} GFLOP/s and ${short(bandwidth)} GB/s, whose ridge is at ${short(ridge)} FLOP/byte. ` +
      `${dots.map((dot) => `${dot.name} reaches ${Math.round((100 * dot.y) / dot.roof)} % of what ${dot.limit} allows`).join("; ")}.`,
    {
      ...size,
      layer: [
        {
          data: { values: line },
          mark: { type: "line", color: palette.ink, strokeWidth: 2.2 },
          encoding: { x, y },
        },
        {
          data: { values: dots },
          mark: { type: "rule", color: palette.muted, strokeDash: [2, 2] },
          encoding: { x, y, y2: { field: "roof" } },
        },
        {
          data: { values: dots },
          mark: { type: "point", filled: true, size: 70, opacity: 1, stroke: palette.edge, strokeWidth: 0.8 },
          encoding: {
            x,
            y,
            color: {
              field: "limit",
              type: "nominal",
              scale: { domain: ["memory", "arithmetic"], range: [palette.train, palette.test] },
              legend: {
                title: "limited by",
                orient: "top",
                titleOrient: "left",
                titleFontWeight: "normal",
                symbolSize: 80,
                direction: "horizontal",
              },
            },
            shape: {
              field: "limit",
              type: "nominal",
              scale: { domain: ["memory", "arithmetic"], range: classShapes.slice(0, 2) },
            },
          },
        },
        ...["left", "right", "center"].map((align) => ({
          data: { values: labels.filter((label) => label.align === align) },
          mark: { type: "text", align, baseline: "middle", fontSize: 12, color: palette.ink },
          encoding: { x: inPixels("x"), y: inPixels("y"), text: { field: "text" } },
        })),
        {
          data: { values: words },
          mark: {
            type: "text",
            align: "right",
            dx: -4,
            dy: -9,
            fontSize: 12,
            fontStyle: "italic",
            color: palette.muted,
          },
          encoding: { x, y, text: { field: "text" } },
        },
      ],
    },
    { title },
  );
}

/** From the smallest value divided by `room` to the largest times `room`. */
function around(values: readonly number[], room: number): [number, number] {
  return [Math.min(...values) / room, Math.max(...values) * room];
}
