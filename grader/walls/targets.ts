import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Target } from "./attempts.ts";

/** Things on the grader's side that a probe tries to reach, and whether it has. */
export interface Targets {
  readonly target: Target;
  /** What can be seen from the grader's side alone. */
  seen(): {
    readonly write: number;
    readonly signal: number;
    readonly udp: number;
    readonly connections: number;
  };
  close(): void;
}

/** A secret file, a server on each kind of socket, and a process to kill. */
export async function openTargets(scratch: string): Promise<Targets> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "chalk-target-"));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "secret"), "the course's secret", { mode: 0o600 });
  const servers = [createServer(), createServer()] as const;
  let connections = 0;
  const count = (socket: Socket): void => {
    connections++;
    socket.on("error", () => {}).destroy();
  };
  for (const server of servers) server.on("connection", count).unref();
  const socket = `chalk-${process.pid}-${folder.slice(-6)}`;
  servers[0].listen(0, "127.0.0.1");
  await once(servers[0], "listening");
  if (process.platform === "linux") servers[1].listen(`\0${socket}`);
  const { port } = servers[0].address() as AddressInfo;
  let datagrams = 0;
  const udp = createSocket("udp4").on("message", () => datagrams++);
  udp.bind(port, "127.0.0.1");
  await once(udp, "listening");
  udp.unref();
  const victim = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"], { stdio: "ignore" });
  await once(victim, "spawn");
  const marker = join(folder, "marker");
  return {
    target: {
      secret: join(folder, "secret"),
      marker,
      pid: process.pid,
      victim: victim.pid as number,
      port,
      socket,
      scratch,
    },
    seen: () => ({
      write: Number(existsSync(marker)),
      signal: Number(victim.signalCode !== null),
      udp: Number(datagrams > 0),
      connections,
    }),
    close() {
      victim.kill("SIGKILL");
      for (const server of [...servers, udp]) server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
