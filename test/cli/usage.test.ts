import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { jobSettingEntries } from "#internal/compare";
import { commandRunner } from "./run.ts";

const run = commandRunner();

describe("chalk-and-tape: help", () => {
  for (const [args, words] of [
    [["--help"], ["compare", "gradcheck", "data"]],
    [
      ["compare", "--help"],
      ["--dataset", "--model", "--epochs", "--dtype", "--report", "default"],
    ],
    [
      ["gradcheck", "--help"],
      ["[names...]", "--full", "--seed", "--json"],
    ],
    [
      ["data", "--help"],
      ["list", "fetch", "verify", "where"],
    ],
    [["data", "fetch", "--help"], ["--data"]],
    [
      ["help", "gradcheck"],
      ["[names...]", "--full"],
    ],
    [
      ["summary", "--help"],
      ["<model>", "ResNet20", "--input", "--json"],
    ],
    [
      ["export", "--help"],
      ["<path>", "--to", "pytorch", "onnx", "--from", "--batch-size", "float32"],
    ],
    [
      ["notebook", "--help"],
      ["[dir]", "--kernel-only", "--print", "--no-start"],
    ],
    [
      ["new", "--help"],
      ["<dir>", "--json"],
    ],
  ] as const)
    it(`${args.join(" ")}: on stdout, status 0`, async () => {
      const { status, stdout, stderr, left } = await run(args);
      expect([status, stderr, left]).to.deep.equal([0, "", []]);
      for (const word of words) expect(stdout).to.contain(word);
    });

  it("compare --help lists every setting of a job, with its default", async () => {
    const { stdout } = await run(["compare", "--help"]);
    const help = stdout.replace(/\s+/g, " ");
    for (const [name, setting] of jobSettingEntries) {
      const flag = name === "root" ? "--data" : `--${name.replace(/(?=[A-Z])/g, "-").toLowerCase()}`;
      expect(help).to.contain(`${flag} <`).and.to.contain(setting.help);
      if (setting.default) expect(help).to.contain(setting.default.said);
    }
  });

  it("a dataset that is added to the catalogue appears in compare --help", async () => {
    const datasets = new URL("../../../dist/datasets/index.js", import.meta.url).href;
    const code = `import { catalogue } from "${datasets}"; catalogue.sunflowers = catalogue.moons;`;
    const preload = `--import=data:text/javascript,${encodeURIComponent(code)}`;
    const plain = await run(["compare", "--help"]);
    const added = await run(["compare", "--help"], { env: { NODE_OPTIONS: preload } });
    expect(plain.stdout).not.to.contain("sunflowers");
    expect(added.stdout.replace(/\s+/g, " ")).to.contain("cifar10, sunflowers");
  });

  it("gradcheck --list: the names of classes and ops, on lines that fit a terminal", async () => {
    const { stdout } = await run(["gradcheck", "--list"]);
    expect(stdout).to.match(/^classes\n {2}Linear Flatten .*\n\nops, with --ops\n.* matmul /s);
    for (const line of stdout.split("\n")) expect(line.length).to.be.below(80);
    const { classes, ops } = JSON.parse((await run(["gradcheck", "--list", "--json"])).stdout);
    expect(classes).to.include("Linear");
    expect(ops).to.include("matmul");
  });

  it("--version is the package's", async () => {
    const { stdout } = await run(["--version"]);
    expect(stdout).to.match(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("chalk-and-tape: bad usage is one line on stderr, status 2, and nothing written", () => {
  for (const [line, message] of [
    ["comapre", "unknown command 'comapre' (Did you mean compare?)"],
    ["compare moons", "too many arguments"],
    ["compare --datset moons", "unknown option '--datset' (Did you mean --dataset?)"],
    ["compare --dataset mooms", 'unknown dataset "mooms"; expected one of moons, .* Did you mean "moons"?'],
    ["compare --dataset", "option '--dataset <name>' argument missing"],
    ["compare --dataset digits --model Mpl", 'unknown model "Mpl".* Did you mean "Mlp"?'],
    ["compare --dataset moons --model Mlp", "Mlp learns 28 × 28 images, .* Choose MlpClassifier"],
    ["compare --model MlpClassifier", "--model MlpClassifier needs --dataset, .* --dataset moons"],
    ["compare --model mlp", "compare --model Mlp --dataset digits. `npx chalk-and-tape data list` prints"],
    ["compare --model resnet20", "compare --model ResNet20 --dataset cifar10"],
    ["compare --model Mpl", 'unknown model "Mpl".* Did you mean "Mlp"?'],
    ["compare --optimizer adm", 'unknown optimizer "adm".* Did you mean "adam"?'],
    ["compare --dtype float46", 'unknown dtype "float46".* Did you mean "float64"?'],
    ["compare --engine jss", 'unknown engine "jss".* Did you mean "js"?'],
    ["summary", "missing required argument 'model'"],
    ["summary ResNet", 'unknown model "ResNet".* Did you mean "ResNet20"?'],
    ["summary Vgg11 --input 3,28,28", "Vgg11 learns images of 32 × 32, not items of shape 3,28,28"],
    [
      "summary Mlp --input 28x28",
      "expected numbers separated by commas, such as 3,32,32; each a whole number in 1 … 2147483647",
    ],
    ["summary Mlp --side both", '--side is "both", expected manual or autograd'],
    ["compare --steps 0", "'0' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --epochs 0", "'0' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --epochs 1e3x", "'1e3x' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --batch-size 0", "'0' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --batch-size 1.5", "'1.5' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --batch-size 1e99", "'1e99' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --seed 1 --seed 1", "option '--seed <n>' is given twice"],
    ["compare --report r --no-report", "options '--report <dir>' and '--no-report' contradict each other"],
    [
      "summary Mlp --batch-size 2147483647",
      "shape (2147483647, 28, 28) has 1683627179248 elements, more than fit into memory",
    ],
    ["compare --lr 0", "'0' is invalid. expected a number > 0"],
    ["compare --lr x", "'x' is invalid. expected a number > 0"],
    ["compare --lr Infinity", "'Infinity' is invalid. expected a number > 0"],
    ["compare --seed -1", "'-1' is invalid. expected a whole number in 0 … 4294967295"],
    ["compare --seed 4294967296", "expected a whole number in 0 … 4294967295"],
    ["compare --limit 0", "'0' is invalid. expected a whole number in 1 … 2147483647"],
    ["compare --dataset mnist", "no-data: no file mnist/train-images-idx3-ubyte.gz.* data fetch mnist"],
    ["gradcheck Liner", 'unknown name "Liner". Did you mean "Linear"? `npx chalk-and-tape gradcheck --list`'],
    ["gradcheck Foo", 'unknown name "Foo". `npx chalk-and-tape gradcheck --list` prints all names'],
    ["gradcheck --ops mathmul", 'unknown op "mathmul". Did you mean "matmul"?'],
    ["version", "unknown command 'version' (Did you mean --version?)"],
    ["list", "unknown command 'list' (Did you mean data list?)"],
    ["notebooks", "unknown command 'notebooks' (Did you mean notebook?)"],
    ["notebook one two", "too many arguments: two; what Jupyter should get comes after --"],
    ["notebook --json", "--json needs --no-start or --kernel-only"],
    ["notebook --kernel-only lessons", "--kernel-only copies no lessons, so it takes no folder"],
    ["notebook --print lessons", "--print copies no lessons, so it takes no folder"],
    ["notebook --kernel-only --no-start", "cannot be used with"],
    ["new", "missing required argument 'dir'"],
    ["gradcheck --ops Linear", "Linear is a class, not an op: check it without --ops"],
    ["gradcheck matmul", "matmul is an op of the tape: check it with --ops"],
    ["gradcheck --seed x", "'x' is invalid"],
    ["gradcheck --second-order Mlp", '"Mlp" has no second derivatives to check: too large'],
    ["gradcheck --full --directional Linear", "option '--full' cannot be used with option '--directional'"],
    ["gradcheck --ops --directional add", "option '--directional' cannot be used with option '--ops'"],
    ["data fecth mnist", "unknown command 'fecth' (Did you mean fetch?)"],
  ] as const)
    for (const json of line.startsWith("compare --dataset m") ? [[], ["--json"]] : [[]])
      it([line, ...json].join(" "), async () => {
        const { status, stdout, stderr, left } = await run([...line.split(" "), ...json]);
        expect([status, stdout, left], stderr).to.deep.equal([2, "", []]);
        const pattern = message.replace(/[()?[\]]/g, "\\$&");
        expect(stderr).to.match(new RegExp(`^error: .*${pattern}.*\n$`));
      });
});

describe("chalk-and-tape: bad files are named, status 2, and nothing written", () => {
  let root: string;
  const idx = (shape: readonly number[], data: Uint8Array): Buffer => {
    const lengths = shape.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
    return Buffer.from([0, 0, 8, shape.length, ...lengths, ...data]);
  };
  const put = async (labels: Buffer, images = gzipSync(idx([3, 28, 28], new Uint8Array(3 * 784)))) => {
    await mkdir(join(root, "mnist"), { recursive: true });
    for (const split of ["train", "t10k"]) {
      await writeFile(join(root, "mnist", `${split}-images-idx3-ubyte.gz`), images);
      await writeFile(join(root, "mnist", `${split}-labels-idx1-ubyte`), labels);
    }
  };
  const right = idx([3], Uint8Array.of(1, 2, 3));
  const refused = async (file: string, message: string): Promise<void> => {
    const { status, stdout, stderr, left } = await run(["compare", "--dataset", "mnist", "--data", root]);
    expect([status, stdout, left], stderr).to.deep.equal([2, "", []]);
    expect(stderr.startsWith(`error: ${join(root, "mnist", file)}: `), stderr).to.equal(true);
    expect(stderr).to.contain(message).and.to.contain("data fetch mnist");
  };
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "chalk-and-tape-"));
  });
  afterEach(() => rm(root, { recursive: true }));

  it("the same files without a fault are learnt", async () => {
    await put(right);
    const { status, stdout } = await run([
      "compare",
      "--dataset",
      "mnist",
      "--epochs",
      "1",
      "--json",
      "--data",
      root,
    ]);
    expect([status, JSON.parse(stdout).agree]).to.deep.equal([0, true]);
  });

  it("a label byte 11", async () => {
    await put(idx([3], Uint8Array.of(1, 11, 3)));
    await refused("train-labels-idx1-ubyte", "label 1 is 11; expected a digit, 0 to 9");
  });

  it("a truncated gzip file", async () => {
    const images = gzipSync(
      idx(
        [3, 28, 28],
        Uint8Array.from({ length: 3 * 784 }, (_, i) => (i * i) % 251),
      ),
    );
    await put(right, images.subarray(0, images.length / 2));
    await refused("train-images-idx3-ubyte.gz", "is truncated");
  });
});
