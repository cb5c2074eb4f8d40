/** What an operation costs where its numbers cost nothing: on graphs of one kind each, forward and backward apart; float64. */
export const overhead = ["scalar", "chain", "wide"].flatMap((graph) =>
  ["forward", "backward"].map((phase) => ({
    name: `overhead-${graph}-${phase}`,
    kind: "overhead",
    unit: "ns an op",
    graph,
    phase,
    tolerances: [1e-9, 1e-9],
  })),
);
