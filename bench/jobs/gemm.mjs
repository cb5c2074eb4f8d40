/** How fast this machine multiplies large matrices: the fastest gives every step its limit, its FLOPs at that rate. */
export const gemm = [
  { name: "gemm", kind: "gemm", unit: "GFLOP/s", size: 1024, inTurns: true, moreIsBetter: true },
];
