/** How fast this machine multiplies large matrices. */
export const gemm = [
  { name: "gemm", kind: "gemm", unit: "GFLOP/s", size: 1024, inTurns: true, moreIsBetter: true },
];
