import { expect } from "chai";
import { tapeOf, tensor } from "chalk-and-tape/autograd";
import { type GraphRow, tapeGraph } from "chalk-and-tape/plots";
import { draw, layers, paths } from "./drawn.ts";

/** y = Σ (w x) tanh(w x) + w: two arrays are read twice. */
function recorded() {
  const w = tensor([1, 2], { requiresGrad: true });
  const x = tensor([3, 4]);
  const h = w.mul(x);
  h.retainGrad();
  const loss = h.mul(h).add(w).sum();
  const rows = tapeOf(loss, { names: { w, x, h, loss } });
  loss.backward();
  return rows;
}

describe("plots: the tape as a graph", () => {
  it("has a box for each row, by kind, and the norms of the gradients that are kept", async () => {
    const picture = tapeGraph(recorded(), { title: "Read twice" });
    const boxes = layers(picture)
      .filter(({ mark }) => mark.type === "rect")
      .map(({ data }) => data?.values.map(({ head }) => head));
    expect(boxes).to.deep.equal([["#1 x"], ["#0 w"], ["#2 h = mul", "#3 mul", "#4 add", "#5 loss = sum"]]);
    const svg = await draw(picture);
    // ∂L/∂h = 2 h = (6, 16), and ∂L/∂w = 2 h x + 1 = (19, 65).
    for (const text of [
      "(2,)  read 2×",
      `‖grad‖ ${Number(Math.hypot(6, 16).toPrecision(3))}`,
      `‖grad‖ ${Number(Math.hypot(19, 65).toPrecision(3))}`,
    ])
      expect(svg).to.contain(`>${text}<`);
    expect(picture.description).to.equal(
      "Read twice: A tape from 2 leaves and constants over 4 steps to loss: h = mul reads w and x; mul reads h and h; add reads mul and w; loss = sum reads add.",
    );
  });

  it("draws an arrow for each input, thick where an array is read more than once, and every arrow leads down", async () => {
    const picture = tapeGraph(recorded());
    const lines = layers(picture).filter(({ mark }) => mark.type === "line");
    const edges = lines.map(({ data }) => new Set(data?.values.map(({ edge }) => edge)).size);
    expect(edges).to.deep.equal([3, 4]);
    for (const { data } of lines) {
      const values = data?.values ?? [];
      for (const [i, { edge, y }] of values.entries())
        if (values[i - 1]?.edge === edge) expect(y).to.be.above(Number(values[i - 1]?.y));
    }
    const widths = paths(await draw(picture), "line").map((path) =>
      Number(/stroke-width="([\d.]+)"/.exec(path)?.[1]),
    );
    expect(widths.filter((width) => width > 2)).to.have.length(4);
  });

  it("keeps boxes apart, and edges out of the boxes that they pass", () => {
    // A ladder: each step reads the one before and a leaf from the top. Its last step reads three leaves, too.
    const leaf = { op: "leaf", inputs: [], shape: [2], requiresGrad: true };
    const rows: GraphRow[] = [{ id: 0, ...leaf }];
    for (let id = 1; id < 9; id++) rows.push({ id, op: "mul", inputs: [id - 1, 0], shape: [2] });
    for (const id of [9, 10, 11]) rows.push({ id, ...leaf });
    rows.push({ id: 12, op: "stack", inputs: [8, 9, 10, 11], shape: [4, 2] });
    const picture = tapeGraph(rows);
    const boxes = layers(picture).filter(({ mark }) => mark.type === "rect");
    const places = boxes.flatMap(({ data, mark }) =>
      (data?.values ?? []).map(({ x, y }) => ({ x: Number(x), y: Number(y), half: Number(mark.width) / 2 })),
    );
    for (const a of places)
      for (const b of places) if (a !== b && a.y === b.y) expect(Math.abs(a.x - b.x)).to.be.above(2 * a.half);
    const through = layers(picture)
      .filter(({ mark }) => mark.type === "line")
      .flatMap(({ data }) => data?.values ?? []);
    for (const { x, y } of through)
      for (const box of places)
        if (Math.abs(Number(y) - box.y) < 22) expect(Math.abs(Number(x) - box.x)).to.be.above(box.half);
  });

  it("draws a leaf alone, and refuses rows that do not come from a tape", async () => {
    await draw(tapeGraph(tapeOf(tensor([1]))));
    const leaf = { id: 0, op: "leaf", inputs: [], shape: [] };
    expect(() => tapeGraph([])).to.throw(RangeError, "there are no rows");
    expect(() => tapeGraph([leaf, leaf])).to.throw(RangeError, "row 0 (leaf) is there twice");
    expect(() => tapeGraph([{ ...leaf, inputs: [3] }])).to.throw(
      RangeError,
      "reads row 3, which is not before it",
    );
    expect(() => tapeGraph([{ id: 0 }] as never)).to.throw(TypeError, "rows[0].op");
  });
});
