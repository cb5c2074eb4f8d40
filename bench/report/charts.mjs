import { toSvg } from "chalk-and-tape/plots";

const order = ["chalk-blas", "tape-blas", "chalk-wasm", "tape-wasm", "chalk-js", "tape-js"];
const logarithmic = { type: "log" };
const colour = {
  field: "contender",
  type: "nominal",
  title: null,
  sort: order,
  scale: { scheme: "tableau20" },
};
const counted = ({ rows }) => rows.filter(({ median, doesNotCount }) => median && !doesNotCount);

/** The pictures that a report's jobs are enough for, by file name. */
export async function charts({ jobs }) {
  const steps = jobs.filter(({ work }) => work);
  const pictures = { "steps.svg": stepsChart(steps), "scaling.svg": scalingChart(steps) };
  const drawn = Object.entries(pictures).filter(([, spec]) => spec !== null);
  return Object.fromEntries(await Promise.all(drawn.map(async ([name, spec]) => [name, await toSvg(spec)])));
}

/** Every job's ratios to PyTorch, on one axis. */
function stepsChart(steps) {
  const values = steps.flatMap(({ job, axes, ...figures }) =>
    axes && !("batch" in axes)
      ? []
      : counted(figures).flatMap(({ contender, ratio }) => (ratio ? [{ job, contender, ratio }] : [])),
  );
  if (values.length === 0) return null;
  return {
    description: "Milliseconds of a training step as multiples of PyTorch's, for every job and contender.",
    title: "A training step, × the faster of PyTorch's two settings (less is faster)",
    width: 560,
    height: { step: 30 },
    data: { values },
    encoding: { y: { field: "job", type: "nominal", sort: null, title: null } },
    layer: [
      { mark: { type: "rule" }, encoding: { x: { datum: 1 } } },
      {
        mark: { type: "point", filled: true, size: 70 },
        encoding: {
          x: { field: "ratio", type: "quantitative", scale: logarithmic, title: null },
          color: colour,
        },
      },
    ],
  };
}

const titles = {
  batch: "batch, 784-256-64-10",
  width: "width w, 784-w-w-10, batch 64",
  "hidden layers": "hidden layers of 256, batch 64",
  parameters: "parameters, batch 64",
};

/** How milliseconds grow along each axis. */
function scalingChart(steps) {
  const panels = Object.keys(titles).flatMap((axis) => {
    const along = steps.flatMap(({ axes, job, work, ...figures }) => {
      const at =
        axis === "parameters" && (!axes?.batch || axes.batch === 64) ? work.parameters : axes?.[axis];
      return axes && at ? [{ at, ...figures }] : [];
    });
    if (new Set(along.map(({ at }) => at)).size < 2) return [];
    const measured = along.flatMap(({ at, ...figures }) =>
      counted(figures).map(({ contender, median }) => ({ at, contender, ms: median })),
    );
    if (measured.length === 0) return [];
    // Wide and deep networks share the axis of parameters, but no line.
    return [panel(titles[axis], axis !== "parameters", measured)];
  });
  if (panels.length === 0) return null;
  return {
    description:
      "Milliseconds of a training step against batch, width, depth and number of parameters, both axes logarithmic.",
    title: "Milliseconds of a training step",
    columns: 2,
    concat: panels,
  };
}

function panel(title, isOneFamily, measured) {
  const x = { field: "at", type: "quantitative", scale: { ...logarithmic, nice: false }, title };
  const points = isOneFamily ? { type: "line", point: true } : { type: "point", filled: true, size: 40 };
  const y = { field: "ms", type: "quantitative", scale: logarithmic, title: "ms" };
  return {
    width: 380,
    height: 260,
    data: { values: measured },
    mark: points,
    encoding: { x, y, color: colour },
  };
}
