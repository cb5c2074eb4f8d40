/** What an operation costs beside its arithmetic, forward and backward; plain np and NumPy record nothing, and have no backward. */
export const overhead = ["scalars", "chain", "wide"].map((graph) => ({
  name: `overhead-${graph}`,
  kind: "overhead",
  unit: "ns an op",
  graph,
  inTurns: true,
  tolerances: [1e-4, 1e-4],
}));
