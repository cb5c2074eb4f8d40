/** A process from start to end, as whoever waits for it sees it; beside it Python with `import torch` alone, and an empty program. */
export const startup = ["help", "import"].map((what) => ({
  name: `startup-${what}`,
  kind: "startup",
  unit: "ms",
  what,
}));
