import { installed, notInstalled, peerCommands } from "./peer.mjs";

const version = installed("@jax-js/jax");
const commands = peerCommands("jax", "@jax-js/jax");

/** jax-js on WebAssembly. */
export const jax = {
  name: "jax-js",
  what: `jax-js ${version}, WebAssembly backend, compiled by jit`,
  absent: version ? null : notInstalled,
  command: ({ kind }) => commands[kind]?.() ?? null,
};
