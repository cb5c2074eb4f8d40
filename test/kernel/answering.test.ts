import { expect } from "chai";
import { Router } from "zeromq";
import { isAnswering } from "#internal/kernel";
import { freePorts } from "../notebooks/free-ports.ts";

describe("after an ended loop, the control thread asks whether the kernel still answers", () => {
  async function connection(): Promise<Parameters<typeof isAnswering>[0]> {
    const [port = 0] = await freePorts(1);
    const ports = { shell_port: port, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
    return { transport: "tcp", ip: "127.0.0.1", key: "key", ...ports };
  }

  it("and finds out that it does", async () => {
    const where = await connection();
    const shell = new Router({ linger: 0 });
    await shell.bind(`tcp://127.0.0.1:${where.shell_port}`);
    const asked = shell.receive().then(async (frames) => {
      await shell.send(frames);
      return frames.map(String).join(" ");
    });
    expect(await isAnswering(where)).to.equal(true);
    expect(await asked).to.match(/kernel_info_request/);
    shell.close();
  });
  it("and, within seconds, that it does not", async () => {
    expect(await isAnswering(await connection())).to.equal(false);
  });
});
