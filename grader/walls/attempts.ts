/** What the self-test tries from inside a wall. It is placed in a box as if it were a submission, so it knows Node only. */
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";

/** What there is to reach on the grader's side. */
export interface Target {
  /** A file that only the grader's user may read. */
  readonly secret: string;
  /** Where a file would appear. */
  readonly marker: string;
  /** The grader, and a process of the grader's that may be killed. */
  readonly pid: number;
  readonly victim: number;
  readonly port: number;
  /** An abstract Unix socket's name. */
  readonly socket: string;
  /** A folder that a submission may write to. */
  readonly scratch: string;
}

/** The part of WebAssembly that is tried; Node's types do not have it. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { Memory: new (size: object) => { grow(pages: number): number } };
};

/** 1 for each attempt that succeeded, as far as the submission's process can tell. */
export async function attempts(target: Target): Promise<Record<string, number>> {
  const reached: Record<string, number> = {};
  const attempt = async (name: string, run: () => unknown): Promise<void> => {
    try {
      reached[name] = (await run()) === false ? 0 : 1;
    } catch {
      reached[name] = 0;
    }
  };
  await attempt("read", () => readFileSync(target.secret));
  await attempt("write", () => writeFileSync(target.marker, "here"));
  await attempt("processes", () => readdirSync("/proc").includes(String(target.pid)));
  await attempt("environment", () => readFileSync(`/proc/${target.pid}/environ`).length > 0);
  await attempt("spawn", () => spawnSync("/bin/sh", ["-c", "true"]).status === 0);
  await attempt("signal", () => process.kill(target.victim, "SIGKILL"));
  await attempt("tcp", () => connected({ host: "127.0.0.1", port: target.port }));
  await attempt("socket", () => connected({ path: `\0${target.socket}` }));
  await attempt("udp", () => sent(target.port));
  await attempt("own file", () => readFileSync(new URL(import.meta.url)).length > 0);
  await attempt("scratch", () =>
    writeFileSync(`${target.scratch}/small-${process.pid}`, "x".repeat(100_000)),
  );
  await attempt("arrays", () => new Float64Array(25_000_000).fill(1).length);
  await attempt("wasm", () => new wasm.Memory({ initial: 16, maximum: 1000 }).grow(16) === 16);
  await attempt("clock", async () => {
    const before = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return performance.now() - before > 40;
  });
  return reached;
}

function connected(where: { host: string; port: number } | { path: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(where);
    const end = (success: boolean): void => {
      socket.destroy();
      resolve(success);
    };
    socket.on("connect", () => end(true)).on("error", () => end(false));
    setTimeout(() => end(false), 500).unref();
  });
}

function sent(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.on("error", () => resolve(false));
    socket.send("a datagram", port, "127.0.0.1", (error) => {
      socket.close();
      resolve(error === null);
    });
  });
}
