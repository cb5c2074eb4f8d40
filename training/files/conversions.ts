import { startOf } from "./content.ts";

/** Formats of other libraries that only Python reads, and the Python that makes an .npz of each. */

interface Conversion {
  /** What the format is, after “is”. */
  readonly what: string;
  readonly python: (from: string, to: string) => readonly string[];
}

const torch: Conversion = {
  what: "a PyTorch file",
  python: (from, to) => [
    "import numpy, torch",
    `state = torch.load(${from}, map_location="cpu", weights_only=True)`,
    'state = state.get("state_dict", state)',
    "state = {k: v.detach() for k, v in state.items() if isinstance(v, torch.Tensor)}",
    "state = {k: v.float() if v.dtype == torch.bfloat16 else v for k, v in state.items()}",
    `numpy.savez(${to}, **{k: v.numpy() for k, v in state.items()})`,
  ],
};

const pickle: Conversion = {
  what: "a Python pickle",
  python: (from, to) => [
    "import numpy, pickle  # unpickle only a file that you trust: it can run any program",
    `state = pickle.load(open(${from}, "rb"))  # a dict of arrays`,
    `numpy.savez(${to}, **{k: numpy.asarray(v) for k, v in state.items()})`,
  ],
};

const hdf5: Conversion = {
  what: "an HDF5 file, as Keras writes them",
  python: (from, to) => [
    "import h5py, numpy",
    "state = {}",
    `with h5py.File(${from}) as file:`,
    "    file.visititems(lambda k, v: state.update({k: v[()]}) if isinstance(v, h5py.Dataset) else None)",
    'state = {k: v for k, v in state.items() if numpy.asarray(v).dtype.kind in "fiub"}',
    `numpy.savez(${to}, **state)`,
  ],
};

const onnx: Conversion = {
  what: "an ONNX model",
  python: (from, to) => [
    "import numpy, onnx, onnx.numpy_helper",
    `weights = onnx.load(${from}).graph.initializer`,
    `numpy.savez(${to}, **{w.name: onnx.numpy_helper.to_array(w) for w in weights})`,
  ],
};

const byEnding: Readonly<Record<string, Conversion>> = {
  ".pt": torch,
  ".pth": torch,
  ".bin": torch,
  ".ckpt": torch,
  ".pkl": pickle,
  ".pickle": pickle,
  ".h5": hdf5,
  ".hdf5": hdf5,
  ".onnx": onnx,
};

/** Formats by their first bytes, where those are certain. */
const byStart: readonly (readonly [start: string, conversion: Conversion])[] = [
  ["\x89HDF", hdf5],
  ["\x80\x02\x8a\nl\xfc\x9cF", torch], // before version 1.6
  ["\x80\x02", pickle],
  ["\x80\x03", pickle],
  ["\x80\x04", pickle],
  ["\x80\x05", pickle],
];

/**
 * Says what a file with this ending, in lower case, is, and how to convert it; null for any other
 * ending.
 */
export function conversionOf(ending: string, path: string): string | null {
  const conversion = Object.hasOwn(byEnding, ending) ? byEnding[ending] : undefined;
  return conversion ? inWords(conversion, path) : null;
}

/** The same for a file with these bytes, whatever its name. */
export function conversionOfContent(bytes: Uint8Array, path: string): string | null {
  const start = startOf(bytes);
  const isTorch = start.startsWith("PK\x03\x04") && start.includes("/data.pkl"); // its first file
  const conversion = isTorch ? torch : byStart.find(([signature]) => start.startsWith(signature))?.[1];
  return conversion ? inWords(conversion, path) : null;
}

function inWords({ what, python }: Conversion, path: string): string {
  const name = path.replace(/\.[^./\\]*$/, "");
  const to = `${name}.npz` === path ? `${name}-arrays.npz` : `${name}.npz`;
  const lines = python(JSON.stringify(path), JSON.stringify(to)).map((line) => `  ${line}`);
  return `${what}, which only Python can read; convert it there, then load ${JSON.stringify(to)}:\n${lines.join("\n")}`;
}
