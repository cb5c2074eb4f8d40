import { installed, notInstalled, peerCommands } from "./peer.mjs";

const version = installed("@tensorflow/tfjs-backend-wasm");
const commands = peerCommands("tfjs", "@tensorflow/tfjs");

/** TensorFlow.js on WebAssembly. */
export const tfjs = {
  name: "tfjs-wasm",
  what: `TensorFlow.js ${version}, WebAssembly backend`,
  absent: version ? null : notInstalled,
  command({ kind, model }) {
    // `Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'`, 4.22.
    if (kind === "step" && model.name !== "mlp")
      return { cannot: "its WebAssembly backend lacks the gradient of a convolution's weight" };
    return commands[kind]?.() ?? null;
  },
};
