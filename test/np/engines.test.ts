import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import {
  col2im,
  engine,
  engineReports,
  im2col,
  type NDArray,
  random,
  useEngine,
  type Window,
} from "chalk-and-tape/np";
import { findBlas, type Koffi, threads, windowGeometry } from "#internal/np";

const before: string = engine().name;
const others = engineReports().filter(({ name, available }) => available && name !== "js");

/** Largest difference relative to the largest entry. */
function apart(a: NDArray, b: NDArray): number {
  const [x, y] = [[...a.flat()], b.flat()];
  const largest = Math.max(...x.map(Math.abs));
  return Math.max(...x.map((value, i) => Math.abs(value - (y[i] as number)))) / largest;
}

/** Runs f by one engine. */
function by<T>(name: string, f: () => T): T {
  useEngine(name);
  try {
    return f();
  } finally {
    useEngine(before);
  }
}

describe("np, engines", () => {
  for (const { name } of others) {
    for (const [dtype, tolerance] of [
      ["float64", 1e-12],
      ["float32", 1e-5],
    ] as const) {
      it(`${name} agrees with js to ${tolerance} in ${dtype}: products of any size, transposed or a part of a larger array`, () => {
        const rng = random(4);
        for (const [m, n, k] of [
          [1, 1, 1],
          [3, 5, 7],
          [64, 10, 64],
          [65, 33, 300],
          [257, 130, 71],
          [1, 200, 50],
          [200, 1, 50],
        ] as const) {
          // biome-ignore format: sizes
          for (const layout of ["rows", "columns", "part"] as const) {
            const make = (rows: number, columns: number): NDArray => {
              if (layout === "rows") return rng.normal(0, 1, [rows, columns], { dtype });
              if (layout === "columns") return rng.normal(0, 1, [columns, rows], { dtype }).T;
              return rng.normal(0, 1, [rows + 2, columns + 3], { dtype }).slice([1, rows + 1], [2, columns + 2]);
            };
            const [a, b] = [make(m, k), make(k, n)];
            const wanted = by("js", () => a.matmul(b));
            const found = by(name, () => a.matmul(b));
            expect(apart(wanted, found), `${m} × ${n} × ${k}, ${layout}`).to.be.at.most(tolerance);
          }
        }
      });
    }
    it(`${name}: a product is added to what is there or to a row, or takes its place, whatever that was`, () => {
      const rng = random(6);
      for (const dtype of ["float64", "float32"] as const) {
        for (const [m, n, k] of [
          [5, 7, 3],
          [130, 70, 600],
          [3, 4, 0],
          [64, 200, 256],
        ] as const) {
          // biome-ignore format: sizes
          const [a, b, c] = [rng.normal(0, 1, [m, k], { dtype }), rng.normal(0, 1, [k, n], { dtype }), rng.normal(0, 1, [m, n], { dtype })];
          const matrix = (x: NDArray) => ({
            data: x.data as Float64Array,
            offset: 0,
            ld: Math.max(1, x.shape[1] as number),
            transposed: false,
          });
          const into = (start: NDArray, add: boolean | Float64Array): NDArray => {
            const out = start.copy();
            by(name, () => engine().gemm(m, n, k, matrix(a), matrix(b), out.flat() as Float64Array, add));
            return out;
          };
          const product = by("js", () => a.matmul(b));
          expect(apart(c.add(product), into(c, true))).to.be.at.most(dtype === "float64" ? 1e-12 : 1e-5);
          const nothing = c.mul(Number.NaN);
          const row = rng.normal(0, 1, [n], { dtype });
          expect(apart(product.add(row), into(nothing, row.flat() as Float64Array))).to.be.at.most(
            dtype === "float64" ? 1e-12 : 1e-5,
          );
          expect(apart(product.add(1), into(nothing, false).add(1))).to.be.at.most(
            dtype === "float64" ? 1e-12 : 1e-5,
          );
        }
      }
    });
    it(`${name}: an empty inner axis gives zeros, an empty outer one nothing`, () => {
      const rng = random(1);
      const product = by(name, () => rng.normal(0, 1, [2, 0]).matmul(rng.normal(0, 1, [0, 3])));
      expect(product.toArray()).to.deep.equal([[0, 0, 0], [0, 0, 0]]); // biome-ignore format: a matrix
      expect(by(name, () => rng.normal(0, 1, [0, 2]).matmul(rng.normal(0, 1, [2, 3]))).shape).to.deep.equal([
        0, 3,
      ]);
    });
  }

  for (const name of ["js", ...others.map(({ name }) => name)]) {
    it(`${name}: columns are what the window sees, whatever they held, and an image is their sum, whatever it held`, () => {
      const padding = [[1, 0], [2, 1]] as const; // biome-ignore format: a matrix
      for (const mode of ["zeros", "reflect"] as const) {
        for (const dtype of ["float64", "float32", "int32", "uint8"] as const) {
          const window: Window = { kernel: [2, 3], stride: [1, 1], dilation: [1, 1], padding, mode };
          const x = random(5).uniform(0, 9, [1, 2, 5, 6]).astype("int32").astype(dtype);
          const seen = im2col(x, window);
          by(name, () => {
            const columns = engine().columns(dtype, windowGeometry("test", x.shape, window));
            columns.data.fill(7);
            columns.unfold(x.flat(), 0);
            expect([...columns.data]).to.deep.equal([...seen.flat()]);
            const image = x.copy();
            columns.fold(image.flat(), 0);
            expect(image.toArray()).to.deep.equal(col2im(seen, window, [5, 6]).toArray());
          });
        }
      }
    });
  }

  it("an unknown engine is refused, and the one in use stays", () => {
    expect(() => useEngine("cuda")).to.throw(RangeError, 'unknown engine "cuda"; expected one of auto, js');
    expect(engine().name).to.equal(before);
  });

  it("these tests run on the engine that CHALK_ENGINE names", () => {
    const asked = process.env.CHALK_ENGINE || "auto";
    expect(before).to.equal(asked === "auto" ? (others.at(-1)?.name ?? "js") : asked);
  });

  for (const name of ["js", "auto"]) {
    it(`CHALK_ENGINE=${name} is heard by a new process`, () => {
      const script = 'import { engine } from "chalk-and-tape/np"; console.log(engine().name);';
      const run = { env: { ...process.env, CHALK_ENGINE: name }, encoding: "utf8" } as const;
      const said = execFileSync(process.execPath, ["--input-type=module", "--eval", script], run).trim();
      expect(said).to.equal(name === "js" ? "js" : (others.at(-1)?.name ?? "js"));
    });
  }
});

describe("np, how many threads compute", () => {
  /** What a new process says of its engines under these variables. */
  const details = (variables: Readonly<Record<string, string>>): string => {
    const script =
      'import { engineReports } from "chalk-and-tape/np"; console.log(JSON.stringify(engineReports()));';
    const env = { ...process.env, CHALK_THREADS: "", OMP_NUM_THREADS: "", ...variables };
    return execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
      env,
      encoding: "utf8",
      stdio: "pipe",
    });
  };

  it("as many as CHALK_THREADS says, else as OMP_NUM_THREADS, else as there are cores", () => {
    expect(details({ CHALK_THREADS: "1", OMP_NUM_THREADS: "3" }))
      .to.match(/one thread/)
      .and.not.match(/\d threads/);
    expect(details({ CHALK_THREADS: "3", OMP_NUM_THREADS: "1" }))
      .to.match(/3 threads/)
      .and.not.match(/one thread/);
    expect(details({ OMP_NUM_THREADS: "5,2" })).to.match(/5 threads/);
    expect(details({ OMP_NUM_THREADS: "many" })).to.match(
      availableParallelism() > 1 ? new RegExp(`${availableParallelism()} threads`) : /one thread/,
    );
  });
  it("the cores are divided among the ranks that mpirun started on this machine", () => {
    for (const name of ["OMPI_COMM_WORLD_LOCAL_SIZE", "MPI_LOCALNRANKS"]) {
      expect(details({ [name]: String(availableParallelism()) })).to.match(/one thread/);
      expect(details({ [name]: "1000" })).to.match(/one thread/);
      expect(details({ [name]: "1000", CHALK_THREADS: "3" })).to.match(/3 threads/);
      expect(details({ [name]: "1" })).to.equal(details({}));
    }
  });
  it("a number of threads that is none is refused", () => {
    for (const wrong of ["0", "-1", "1.5", "all", "1e9", "256", "0x2"])
      expect(() => details({ CHALK_THREADS: wrong })).to.throw(
        `CHALK_THREADS is "${wrong}"; expected a whole number in 1 … 255`,
      );
  });
});

describe("np, the wasm engine", () => {
  it("its binaries are made of the kernels' present source", () => {
    const folder = join(import.meta.dirname, "../../../np/engines/wasm");
    const files = readdirSync(join(folder, "assembly")).filter((file) => file.endsWith(".ts"));
    const sources = files
      .sort()
      .flatMap((file) => [file, readFileSync(join(folder, "assembly", file), "utf8")]);
    const hash = createHash("sha256").update(sources.join("\n")).digest("hex");
    expect(
      readFileSync(join(folder, "binaries.ts"), "utf8"),
      "node np/engines/wasm/assembly/compile.mjs",
    ).to.include(hash);
  });

  /** Prints what a new process finds, with `start` run before anything is imported. */
  const fresh = (start: string, body: string): string => {
    const script = `import { engine, engineReports, random } from "chalk-and-tape/np"; ${body}`;
    const before = `data:text/javascript,${encodeURIComponent(start)}`;
    const options = {
      env: { ...process.env, CHALK_ENGINE: "wasm" },
      encoding: "utf8",
      stdio: "pipe",
    } as const;
    return execFileSync(
      process.execPath,
      ["--import", before, "--input-type=module", "--eval", script],
      options,
    ).trim();
  };
  const product = `
    const a = random(1).normal(0, 1, [300, 257]), b = random(2).normal(0, 1, [257, 190]);
    const bits = () => Buffer.from(a.matmul(b).data.buffer).toString("base64");
    const first = bits();
    const until = performance.now() + 1500;
    let same = true;
    while (performance.now() < until) { same &&= bits() === first; await new Promise((r) => setTimeout(r, 5)); }
    console.log(same, engineReports().find(({ name }) => name === "wasm").summary, first.length);`;

  it("one thread or several give the same bits, and the process ends by itself", () => {
    expect(fresh("", product)).to.match(
      threads().count > 1 ? /^true .*SIMD.*\d threads/ : /^true .*one thread/,
    );
  });
  it("without SharedArrayBuffer it works on one thread", () => {
    expect(fresh("delete globalThis.SharedArrayBuffer", product)).to.match(/^true .*SIMD.*one thread/);
  });
  it("without SIMD, without WebAssembly: it is not there and says so, and auto computes without it", () => {
    const said = "console.log(JSON.stringify(engineReports().find(({ name }) => name === 'wasm')));";
    expect(fresh("WebAssembly.validate = () => false", said)).to.match(/"available":false.*no SIMD/);
    expect(fresh("delete globalThis.WebAssembly", said)).to.match(/"available":false.*no WebAssembly/);
    expect(() => fresh("delete globalThis.WebAssembly", "engine();")).to.throw(
      /Choose \\"auto\\" or \\"js\\"|Choose "auto" or "js"/,
    );
  });
  it("memory grows with the operands, and holds them to the last element", () => {
    const [long, wide] = [random(3).normal(0, 1, [5, 40_000]), random(4).normal(0, 1, [40_000, 70])];
    expect(
      apart(
        by("js", () => long.matmul(wide)),
        by("wasm", () => long.matmul(wide)),
      ),
    ).to.be.at.most(1e-12);
  });
});

describe("np, a BLAS that cannot be used is a reason, never a crash", () => {
  /** A koffi whose libraries answer as given. */
  const koffi = (call: (prototype: string, ...args: readonly unknown[]) => unknown) => (): Koffi => ({
    load: () => ({
      func:
        (prototype) =>
        (...args) =>
          call(prototype, ...args),
    }),
  });
  const reasons = (found: ReturnType<typeof findBlas>): string =>
    "reasons" in found ? found.reasons.join("; ") : "";

  const summary = (found: ReturnType<typeof findBlas>): string => ("summary" in found ? found.summary : "");

  it("koffi is not installed", () => {
    const absent = (): Koffi => {
      throw new Error("Cannot find module 'koffi'\nRequire stack: …");
    };
    expect(reasons(findBlas("linux", absent))).to.equal(
      "koffi, which calls native libraries, is not installed (Cannot find module 'koffi')",
    );
  });
  it("no library is installed: every file that was looked for is named", () => {
    const none = (): Koffi => ({
      load: (file) => {
        throw new Error(`${file}: cannot open shared object file`);
      },
    });
    expect(reasons(findBlas("linux", none))).to.match(
      /OpenBLAS, libopenblas.so.0: .*MKL.*BLIS, libblis.so: /,
    );
    expect(reasons(findBlas("darwin", none))).to.match(/Apple Accelerate/);
    expect(summary(findBlas("linux", none))).to.equal("no BLAS found (looked for OpenBLAS, Intel MKL, BLIS)");
  });
  it("a platform of which no BLAS is known, a browser", () => {
    expect(
      reasons(
        findBlas(
          "sunos",
          koffi(() => null),
        ),
      ),
    ).to.equal("no BLAS is known for the platform sunos");
    expect(
      reasons(
        findBlas(
          undefined,
          koffi(() => null),
        ),
      ),
    ).to.match(/browser/);
  });
  it("built for 64-bit integers", () => {
    const wide = koffi((prototype) => (prototype.includes("config") ? "OpenBLAS 0.3.21 USE64BITINT" : null));
    expect(reasons(findBlas("linux", wide))).to.match(/libopenblas.so.0: is built for 64-bit integers/);
    expect(summary(findBlas("linux", wide)), "what is there but unusable is no absence").to.match(
      /^OpenBLAS, libopenblas.so.0: is built for 64-bit integers/,
    );
  });
  it("too old: a function is missing", () => {
    const old = (): Koffi => ({
      load: () => ({
        func: (prototype) => {
          throw new Error(`Cannot find function in shared library: ${prototype}`);
        },
      }),
    });
    expect(reasons(findBlas("win32", old))).to.match(/libopenblas.dll: Cannot find function/);
  });
  it("gives a wrong product: nothing written, or a transposition ignored", () => {
    expect(
      reasons(
        findBlas(
          "linux",
          koffi(() => "OpenBLAS 0.3.21"),
        ),
      ),
    ).to.match(/gives a wrong product/);
    const untransposed = koffi((prototype, ...args) => {
      if (!prototype.includes("gemm")) return "OpenBLAS 0.3.21";
      const [, , , m, n, k, , a, lda, b, ldb, , c] = args as [number, number, number, number, number, number, number, Float32Array, number, Float32Array, number, number, Float32Array]; // biome-ignore format: CBLAS's arguments
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) {
          c[i * n + j] = 0;
          for (let p = 0; p < k; p++)
            c[i * n + j] =
              (c[i * n + j] as number) + (a[i * lda + p] as number) * (b[(p * ldb + j) % b.length] as number);
        }
      return undefined;
    });
    expect(reasons(findBlas("linux", untransposed))).to.match(/gives a wrong product/);
  });
});
