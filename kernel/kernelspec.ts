import { fileURLToPath } from "node:url";

/** What a kernel.json holds. */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "message";
}

/**
 * How Jupyter starts the kernel, as the text of a `kernel.json`. Both paths are absolute: the Node that runs now and
 * the kernel of this package. So nothing has to be on the server's PATH.
 * @see https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs
 */
export function kernelspec(): KernelSpec {
  return {
    argv: [process.execPath, fileURLToPath(new URL("./main.js", import.meta.url)), "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
  };
}
