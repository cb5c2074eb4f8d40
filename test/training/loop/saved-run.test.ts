import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DataError, type NDArray } from "chalk-and-tape/np";
import { decodeSafetensors, encodeSafetensors } from "chalk-and-tape/training";
import { rejection } from "../files/rejection.ts";
import { runJob } from "./job.ts";

/** A checkpoint as plain data; arrays stand there as { $array: name }. */
interface Plain {
  streams: Record<string, unknown>;
  progress: { epochs: unknown[]; step: unknown; average: Record<string, unknown> };
  optimizer: Record<string, Record<string, unknown>>;
  [part: string]: unknown;
}

describe("training, what a checkpoint holds is checked before it is used", () => {
  let folder: string;
  let state: Record<string, NDArray>;
  let snapshot: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "chalk-saved-"));
    await runJob("chalk", { path: join(folder, "good.safetensors"), epochs: 1 });
    const read = decodeSafetensors(new Uint8Array(await readFile(join(folder, "good.safetensors"))));
    state = read.state;
    snapshot = read.metadata.snapshot as string;
  });
  after(() => rm(folder, { recursive: true }));

  /** Resumes from a file with these arrays and this text; its checksum is right. */
  async function resumed(json: string, arrays: Record<string, NDArray> = state): Promise<Error> {
    const path = join(folder, "changed.safetensors");
    await writeFile(path, encodeSafetensors(arrays, { format: "pt", snapshot: json }));
    return rejection(runJob("chalk", { path, epochs: 2 }));
  }
  const path = (): string => join(folder, "changed.safetensors");

  // biome-ignore format: a table
  const changes: [what: string, change: (saved: Plain) => unknown, message: RegExp][] = [
    ["no streams", (saved) => ({ ...saved, streams: undefined }), /streams is undefined, expected an object/],
    ["a stream of three words", (saved) => ({ ...saved, streams: { ...saved.streams, "rngs.jitter": [1, 2, 3] } }), /streams\["rngs\.jitter"\] is \[1, 2, 3\], expected the four words/],
    ["a stream of text", (saved) => ({ ...saved, streams: { ...saved.streams, "rngs.jitter": "1234" } }), /expected the four words/],
    ["no progress", (saved) => ({ ...saved, progress: null }), /progress is null, expected an object/],
    ["epochs that are not a list", (saved) => ({ ...saved, progress: { ...saved.progress, epochs: 3 } }), /progress\.epochs is 3, expected a list/],
    ["a report of no epoch", (saved) => ({ ...saved, progress: { ...saved.progress, epochs: [{ epoch: "2" }] } }), /progress\.epochs\[0\] is \{ epoch \}, expected the report of an epoch/],
    ["a report with text", (saved) => ({ ...saved, progress: { ...saved.progress, epochs: [{ epoch: 1, trainLoss: "0.5" }] } }), /trainLoss is "0\.5", expected a number or null/],
    ["a fraction of a step", (saved) => ({ ...saved, progress: { ...saved.progress, step: 0.5 } }), /progress\.step is 0\.5, expected a whole number/],
    ["an average of texts", (saved) => ({ ...saved, progress: { ...saved.progress, average: { loss: "1" } } }), /progress\.average\.loss is "1", expected a number/],
    ["a part that is a list", (saved) => ({ ...saved, loader: [] }), /loader is \[\], expected an object/],
    ["a list at the top", () => [], /its data is not an object/],
    ["an unknown mark", (saved) => ({ ...saved, extra: { $date: "1" } }), /extra has the unknown mark \{"\$date":"1"\}/],
    ["a mark beside other keys", (saved) => ({ ...saved, extra: { $number: "NaN", a: 1 } }), /extra has the unknown mark/],
    ["a number that is none", (saved) => ({ ...saved, extra: { $number: "1e5" } }), /extra has the unknown mark/],
    ["an array that is missing", (saved) => ({ ...saved, extra: { $array: "extra" } }), /the array "extra" is missing/],
    ["an array used twice", (saved) => ({ ...saved, extra: { $array: "model.0.weight" } }), /the array "model\.0\.weight" is missing, or is there twice/],
    ["a number beside the average of a weight", (saved) => ({ ...saved, optimizer: { ...saved.optimizer, numbers: { ...saved.optimizer.numbers, "0.m": 5 } } }), /the optimizer does not take its state back: .*0\.m is both an array and a number/],
    ["an optimizer without groups", (saved) => ({ ...saved, optimizer: { ...saved.optimizer, groups: 1 } }), /optimizer does not take its state back: /],
    ["text for a counter", (saved) => ({ ...saved, optimizer: { ...saved.optimizer, numbers: { ...saved.optimizer.numbers, "0.t": "3" } } }), /0\.t is "3", expected a number/],
  ];
  for (const [what, change, message] of changes) {
    it(what, async () => {
      const error = await resumed(JSON.stringify(change(JSON.parse(snapshot) as Plain)));
      expect(error.message).to.match(message).and.include(path());
      // A state of another kind is damage; a state that does not fit may be that of another run.
      expect(error.name).to.equal(/average of a weight|counter/.test(what) ? "RangeError" : "DataError");
    });
  }
  it("text that is not JSON, and data that goes too deep", async () => {
    for (const json of ["{", "", `{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`]) {
      const error = await resumed(json);
      expect(error, error.stack).to.be.instanceOf(DataError);
      expect(error.message).to.include(path());
    }
  });
  it("an array that nothing refers to", async () => {
    const [weight] = Object.values(state) as [NDArray];
    const error = await resumed(snapshot, { ...state, more: weight });
    expect([error.name, error.message]).to.match(/^DataError,.*nothing refers to the array "more"/);
  });
  it("weights that are not arrays", async () => {
    const saved = JSON.parse(snapshot) as { model: Record<string, unknown> };
    const { "model.0.weight": _, ...others } = state;
    const error = await resumed(
      JSON.stringify({ ...saved, model: { ...saved.model, "0.weight": 3 } }),
      others,
    );
    expect(error.message).to.match(/the model does not take its state back: /);
  });
  it("the same file with nothing changed is resumed, also without a checksum", async () => {
    const bytes = Buffer.from(encodeSafetensors(state, { format: "pt", snapshot }));
    const key = '"chalk-and-tape.checksum":"chalk-and-tape crc32 ';
    const at = bytes.indexOf(key);
    bytes.fill(" ", at, at + key.length + 10); // and the comma
    await writeFile(path(), bytes);
    expect((await runJob("chalk", { path: path(), epochs: 2 })).history.epochs).to.have.length(2);
  });
});
