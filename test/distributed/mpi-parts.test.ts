/** The parts that need no mpirun. */
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import {
  alone,
  type Channel,
  candidates,
  disagreement,
  filesFor,
  findMpi,
  type Koffi,
  launcherOf,
  mark,
  misfit,
  nameOf,
  ProcessRanks,
  pieces,
} from "#internal/distributed";

describe("the launcher of a process", () => {
  it("is known by its environment", () => {
    expect(launcherOf({})).to.equal(null);
    expect(
      launcherOf({ OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_RANK: "2", PMIX_RANK: "2" }),
    ).to.deep.equal({
      name: "mpirun of Open MPI",
      family: "Open MPI",
      rank: 2,
      size: 4,
    });
    expect(launcherOf({ PMI_PORT: "host:39067", PMI_ID: "1" })).to.include({ rank: 1, size: null });
    expect(launcherOf({ PMI_SIZE: "3", PMI_RANK: "1" })).to.deep.equal({
      name: "mpirun of MPICH",
      family: "MPICH",
      rank: 1,
      size: 3,
    });
  });
  it("may be SLURM's srun, with PMI, with PMIx, and with neither", () => {
    const step = { SLURM_STEP_NUM_TASKS: "4", SLURM_PROCID: "3" };
    const srun = { name: "srun of SLURM", rank: 3, size: 4 };
    expect(launcherOf({ ...step, PMI_SIZE: "4", PMI_RANK: "3" })).to.deep.equal({ ...srun, family: "MPICH" });
    expect(launcherOf({ ...step, PMIX_RANK: "3" })).to.deep.equal({ ...srun, family: "Open MPI" });
    expect(launcherOf(step)).to.deep.equal({ ...srun, family: "MPICH" });
    expect(launcherOf({ SLURM_STEP_NUM_TASKS: "1", SLURM_PROCID: "0" })).to.equal(null);
    expect(launcherOf({ SLURM_STEP_NUM_TASKS: "2", PMI_SIZE: "8", PMI_RANK: "5" })?.name).to.equal(
      "mpirun of MPICH", // which srun started once a machine
    );
    expect(launcherOf({ PMIX_RANK: "1" })).to.include({ name: "a PMIx launcher", size: null });
  });
});

describe("the MPI library", () => {
  const launcher = { name: "mpirun of Open MPI", family: "Open MPI", rank: 1, size: 2 } as const;

  it("of the launcher's family is looked for first, then that of the other", () => {
    expect(filesFor("linux", "Open MPI")[0]).to.equal("libmpi.so.40");
    expect(filesFor("linux", "MPICH")[0]).to.equal("libmpich.so.12");
    expect(filesFor("darwin", "Open MPI")).to.include("/opt/homebrew/lib/libmpi.dylib");
    expect(filesFor("win32", "MPICH")[0]).to.equal("msmpi.dll");
    for (const platform of Object.keys(candidates))
      expect([...filesFor(platform, "MPICH")].sort()).to.deep.equal(
        [...filesFor(platform, "Open MPI")].sort(),
      );
    expect(filesFor("plan9", "MPICH")).to.deep.equal([]);
  });
  it("says its name", () => {
    expect(nameOf("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4")).to.equal("Open MPI 4.1.4");
    expect(nameOf("MPICH Version:\t4.0.2\nMPICH Release date:\tThu")).to.equal("MPICH 4.0.2");
    expect(nameOf("Intel(R) MPI Library 2021.9 for Linux* OS\n")).to.equal("Intel MPI 2021.9");
    expect(nameOf("Microsoft MPI 10.1.12498.18")).to.equal("Microsoft MPI 10.1.12498.18");
  });
  it("that is absent: the message names everything that was tried, and what to install", () => {
    const load = (file: string): never => {
      throw new Error(`${file}: cannot open shared object file\nand more`);
    };
    const koffi = (): Koffi => ({ load, address: () => 0n });
    expect(() => findMpi(launcher, { platform: "linux", wanted: "", koffi })).to.throw(
      RangeError,
      /^distributed: this process was started by mpirun of Open MPI, but no MPI library was found \(libmpi\.so\.40: .*; libmpi\.so\.12: [^\n]*\): install the library of Open MPI, or give its path in CHALK_MPI$/,
    );
    expect(() => findMpi(launcher, { platform: "plan9", wanted: "", koffi })).to.throw(
      RangeError,
      "no MPI library was found; none is known for plan9: install",
    );
  });
  it("must count as the launcher does", () => {
    const library = { name: "MPICH 4.0.2", family: "MPICH", file: "libmpich.so.12" } as const;
    expect(misfit(launcher, library, { rank: 1, size: 2 }, "")).to.equal(null);
    expect(misfit({ ...launcher, size: null }, library, { rank: 1, size: 7 }, "")).to.equal(null);
    for (const { rank, size } of [
      { rank: 0, size: 1 },
      { rank: 0, size: 2 },
      { rank: 1, size: 3 },
    ])
      expect(misfit(launcher, library, { rank, size }, "")).to.equal(
        `distributed: mpirun of Open MPI started this process as rank 1 of 2, but MPICH 4.0.2 (libmpich.so.12) takes it for rank ${rank} of ${size}, so the processes would not train together: use the mpirun of MPICH, or install the library of Open MPI or give its path in CHALK_MPI`,
      );
    const same = { name: "Open MPI 5.0.1", family: "Open MPI", file: "libmpi.so.40" } as const;
    expect(misfit(launcher, same, { rank: 0, size: 1 }, "")).to.match(
      /use the launcher that belongs to this/,
    );
  });
  it("is refused in a worker thread", async () => {
    const code = `import("chalk-and-tape/distributed").then(({ distributed }) => distributed());`;
    const env = { ...process.env, OMPI_COMM_WORLD_SIZE: "2", OMPI_COMM_WORLD_RANK: "0" };
    const worker = new Worker(code, { eval: true, env });
    const error = await new Promise<Error>((resolve) => worker.on("error", resolve));
    expect(error.message).to.equal(
      "distributed: called in a worker thread; MPI needs the main thread of each process",
    );
  });
});

describe("messages among ranks", () => {
  it("longer than MPI counts go in pieces, which share the array's memory", () => {
    const numbers = Float64Array.from({ length: 10 }, (_, i) => i);
    const found = [...pieces(numbers.subarray(1), 4)];
    expect(found.map((piece) => [...piece])).to.deep.equal([[1, 2, 3, 4], [5, 6, 7, 8], [9]]);
    for (const piece of found) piece.fill(-1);
    expect([...numbers]).to.deep.equal([0, ...Array(9).fill(-1)]);
    expect([...pieces(new Uint8Array(0), 4)]).to.deep.equal([]);
  });
  it("are compared before they are sent", () => {
    const same = mark("sum of float64", 3);
    expect(disagreement(Float64Array.of(same, same))).to.equal(null);
    const marks = Float64Array.of(
      same,
      mark("sum of float32", 3),
      same,
      mark("broadcast", 2 ** 40),
      mark("leave", 0),
    );
    expect(disagreement(marks)).to.equal(
      "the ranks do not do the same: ranks 0, 2 called sum() with 3 numbers of float64; rank 1 called sum() with 3 numbers of float32; rank 3 called broadcast() with 1099511627776 bytes; rank 4 ended, or called finish(). All ranks must make the same calls, in the same order, with arrays of the same length",
    );
    expect(
      disagreement(Float64Array.from({ length: 20 }, (_, i) => mark("barrier", 0) + Number(i === 0))),
    ).to.match(/ranks 1, 2, 3, 4, 5, 6, 7, 8, … called barrier/);
  });
  it("take no other arrays", () => {
    const ranks = new ProcessRanks(alone);
    for (const wrong of [null, [1], new Int32Array(1), new Uint8Array(1), "1"])
      expect(() => ranks.sum(wrong as never)).to.throw(
        TypeError,
        "expected a Float64Array or a Float32Array",
      );
    for (const wrong of [undefined, [1], new Int32Array(1), new DataView(new ArrayBuffer(1))])
      expect(() => ranks.broadcast(wrong as never)).to.throw(TypeError, "a Float32Array or a Uint8Array");
    ranks.broadcast(Buffer.from("bytes"));
  });
  it("are over after finish(), alone too", () => {
    let ends = 0;
    const channel: Channel = { ...alone, finalize: () => ends++ };
    const ranks = new ProcessRanks(channel);
    ranks.finish();
    ranks.finish();
    expect(ends).to.equal(1);
    for (const call of ["sum", "broadcast", "barrier"] as const)
      expect(() => ranks[call](new Float64Array(1))).to.throw(
        RangeError,
        `ranks.${call}: finish() has ended`,
      );
  });
  it("are not sent when the ranks do not agree", () => {
    const sent: number[] = [];
    const channel: Channel = {
      ...alone,
      size: 2,
      sum: (numbers) => {
        sent.push(numbers.length);
        if (numbers.length === 2) numbers[1] = mark("barrier", 0); // what the other does
      },
    };
    const ranks = new ProcessRanks(channel);
    expect(() => ranks.sum(new Float64Array(5))).to.throw(RangeError, "rank 1 called barrier()");
    expect(() => ranks.finish()).to.throw(RangeError, "ranks.finish: the ranks do not do the same");
    ranks.barrier();
    expect(sent).to.deep.equal([2, 2, 2]);
  });
});
