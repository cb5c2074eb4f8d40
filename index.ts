/** Every room of the package under its own name: `import { np, manual, autograd } from "chalk-and-tape"`. */
export * as autograd from "./autograd/index.ts";
export * as classroom from "./classroom/index.ts";
export * as compare from "./compare/index.ts";
export * as contracts from "./contracts/index.ts";
export * as datasets from "./datasets/index.ts";
export * as distributed from "./distributed/index.ts";
export * as exporting from "./export/index.ts";
export * as gradcheck from "./gradcheck/index.ts";
export * as homework from "./homework/index.ts";
export * as initialisers from "./initialisers/index.ts";
export * as manual from "./manual/index.ts";
export * as np from "./np/index.ts";
export * as plots from "./plots/index.ts";
export * as studies from "./studies/index.ts";
export * as training from "./training/index.ts";
