import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Kernel } from "../notebooks/kernel.ts";
import { expectDead } from "../notebooks/processes.ts";

describe("a kernel whose Jupyter is gone", () => {
  it("ends, also while a cell never ends", async () => {
    const jupyter = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
    process.env.JPY_PARENT_PID = String(jupyter.pid);
    const kernel = await Kernel.start(tmpdir()).finally(() => delete process.env.JPY_PARENT_PID);
    const cell = kernel.execute("for (;;);");
    expect(
      (await Promise.race([cell, setTimeout(1500)])) === undefined,
      "it runs while Jupyter does",
    ).to.equal(true);
    jupyter.kill();
    await expectDead(kernel.pid);
    expect((await cell).status).to.match(/the kernel died/);
    await kernel.stop();
  });
});

describe("requests to this package's kernel", () => {
  let kernel: Kernel;
  before(async () => {
    kernel = await Kernel.start(tmpdir());
  });
  after(async () => {
    await kernel.stop();
    await expectDead(kernel.pid);
  });
  const statuses = (codes: string[], options?: object): Promise<string[]> =>
    Promise.all(codes.map(async (code) => (await kernel.execute(code, 60_000, options)).status));

  it("behind a cell that fails are answered `aborted`, and none is run", async () => {
    expect(
      await statuses(["const ran: number[] = []", "throw 1", "ran.push(2)", "ran.push(3)"]),
    ).to.deep.equal(["ok", "error", "aborted", "aborted"]);
    expect((await kernel.execute("ran")).result?.["text/plain"]).to.equal("[]");
  });
  it("that come right after the reply are run", async () => {
    await kernel.execute("throw 1");
    expect((await kernel.execute("1")).status).to.equal("ok");
    await kernel.execute("const x: string = 1");
    expect((await kernel.execute("1")).status).to.equal("ok");
  });
  it("run after a failure if they set stop_on_error to false", async () => {
    expect(await statuses(["throw 1", "const x: string = 1", "3"], { stop_on_error: false })).to.deep.equal([
      "error",
      "error",
      "ok",
    ]);
  });
  it("are numbered, but silent ones are not, and those show nothing", async () => {
    const count = async (options: object): Promise<number> =>
      Number((await kernel.execute("7", 60_000, options)).reply.execution_count);
    const first = await count({});
    expect(await count({ store_history: false })).to.equal(first);
    expect(await count({})).to.equal(first + 1);
    expect(await count({ silent: true })).to.equal(first + 1);
    expect((await kernel.execute("7", 60_000, { silent: true })).result).to.equal(null);
  });
  it("for what a kernel is are answered on both sockets", async () => {
    const { reply } = await kernel.ask("kernel_info_request");
    expect(reply).to.include({ status: "ok", implementation: "tslab" });
    expect(reply.language_info).to.include({ name: "typescript", file_extension: ".ts", version: "5.0.4" });
    expect((await kernel.control("kernel_info_request")).header.msg_type).to.equal("kernel_info_reply");
  });
  it("for completion, types, complete input and comms are answered as tslab does", async () => {
    await kernel.execute("const options = { rate: 1 }");
    const { matches } = (await kernel.ask("complete_request", { code: "options.", cursor_pos: 8 })).reply;
    expect(matches).to.include("rate");
    const inspected = (
      await kernel.ask("inspect_request", { code: "options", cursor_pos: 3, detail_level: 0 })
    ).reply;
    expect(JSON.stringify(inspected.data)).to.match(/rate: number/);
    expect((await kernel.ask("is_complete_request", { code: "if (1) {" })).reply.status).to.equal(
      "incomplete",
    );
    expect((await kernel.ask("comm_info_request")).reply).to.deep.equal({ status: "ok", comms: {} });
  });
  it("that it does not know leave no warning below a cell", async () => {
    const execution = await kernel.execute("1");
    kernel.tell("history_request");
    expect((await kernel.ask("kernel_info_request")).status).to.equal("ok");
    expect(execution.stderr).to.equal("");
  });
  it("shut the kernel down even while a cell never ends", async () => {
    const running = kernel.execute("for (;;) {}");
    const { content } = await kernel.control("shutdown_request");
    expect(content.status).to.equal("ok");
    expect((await running).status).to.match(/the kernel died/);
  });
});
