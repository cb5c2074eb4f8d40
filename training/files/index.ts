/** State dicts as files: NumPy's .npz, PyTorch's .safetensors. */
export { decodeNpz, encodeNpz, type NpzOptions } from "./npz.ts";
export { decodeSafetensors, encodeSafetensors, type Safetensors } from "./safetensors.ts";
export { loadState, saveState } from "./state-files.ts";
