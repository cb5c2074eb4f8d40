/**
 * The outline of a shape: the distance of the point (x, y) to its edge, negative inside. A shape is
 * about 2 wide and high, with its middle at (0, 0); x goes to the right and y down.
 */
export type Outline = (x: number, y: number) => number;

/** The ten shapes by name: the classes, in this order. */
export const outlines: Readonly<Record<string, Outline>> = {
  circle: (x, y) => Math.hypot(x, y) - 0.95,
  ring: (x, y) => Math.abs(Math.hypot(x, y) - 0.74) - 0.23,
  moon: (x, y) => Math.max(Math.hypot(x, y) - 1, 0.8 - Math.hypot(x - 0.5, y)),
  square: polygon("-0.85,-0.85 0.85,-0.85 0.85,0.85 -0.85,0.85"),
  triangle: polygon("0,-1 1,0.8 -1,0.8"),
  hourglass: polygon("-0.85,-1 0.85,-1 0.15,0 0.85,1 -0.85,1 -0.15,0"),
  cross: polygon(
    "-0.3,-1 0.3,-1 0.3,-0.3 1,-0.3 1,0.3 0.3,0.3 0.3,1 -0.3,1 -0.3,0.3 -1,0.3 -1,-0.3 -0.3,-0.3",
  ),
  star: polygon(
    "0,-1.1 0.27,-0.37 1.05,-0.34 0.44,0.14 0.65,0.89 0,0.46 -0.65,0.89 -0.44,0.14 -1.05,-0.34 -0.27,-0.37",
  ),
  arrow: polygon("-1,-0.28 0.1,-0.28 0.1,-0.85 1,0 0.1,0.85 0.1,0.28 -1,0.28"),
  heart: polygon(
    "0,-0.5 0.2,-0.8 0.5,-0.92 0.8,-0.8 0.96,-0.5 0.9,-0.15 0.65,0.25 0.35,0.6 0,0.95 -0.35,0.6 -0.65,0.25 -0.9,-0.15 -0.96,-0.5 -0.8,-0.8 -0.5,-0.92 -0.2,-0.8",
  ),
};

/** The outline of a polygon with the corners "x,y x,y …". */
function polygon(text: string): Outline {
  const corners = text.split(" ").map((corner) => corner.split(",").map(Number));
  const edges = corners.map(([x0 = 0, y0 = 0], i) => {
    const [x1 = 0, y1 = 0] = corners[(i + 1) % corners.length] ?? [];
    return { x0, y0, y1, dx: x1 - x0, dy: y1 - y0, length2: (x1 - x0) ** 2 + (y1 - y0) ** 2 };
  });
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    for (const { x0, y0, y1, dx, dy, length2 } of edges) {
      const along = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length2));
      const [ex, ey] = [x - x0 - along * dx, y - y0 - along * dy];
      nearest = Math.min(nearest, ex * ex + ey * ey);
      // A ray to the right crosses the edges of the polygon an odd number of times from inside.
      if (y0 > y !== y1 > y && x < x0 + ((y - y0) * dx) / dy) inside = !inside;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  };
}
