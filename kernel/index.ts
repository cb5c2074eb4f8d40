export { type KernelSpec, kernelspec } from "./kernelspec.ts";
