import { execFile } from "node:child_process";
import { promisify } from "node:util";

/**
 * Reports what a process has loaded, as the last line of its stderr: ES modules by a hook, CommonJS modules, native ones too, by
 * Node's own table. The hooks run in a thread of their own, so a port brings back what they see.
 */
const witness = `
  import { createRequire, register } from "node:module";
  import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
  const { port1, port2 } = new MessageChannel();
  const hooks = \`
    let port;
    export const initialize = (data) => { port = data.port; };
    export const load = (url, context, next) => { port.postMessage(url); return next(url, context); };\`;
  register("data:text/javascript," + encodeURIComponent(hooks), { data: { port: port2 }, transferList: [port2] });
  port1.unref();
  process.on("exit", () => {
    const urls = Object.keys(createRequire(process.cwd() + "/").cache);
    for (let got; (got = receiveMessageOnPort(port1)); ) urls.push(got.message);
    console.error("\\n" + JSON.stringify(urls));
  });`;

/**
 * The modules that Node loads for these arguments: "cli/main" for one of ours, "commander" for anything of that package, each once,
 * sorted.
 */
export async function loadedBy(args: readonly string[], cwd: string): Promise<string[]> {
  const preload = `data:text/javascript,${encodeURIComponent(witness)}`;
  const env = { ...process.env, CHALK_ENGINE: "auto" };
  const { stderr } = await promisify(execFile)(process.execPath, ["--import", preload, ...args], {
    cwd,
    env,
  });
  const urls = JSON.parse(stderr.trimEnd().split("\n").at(-1) as string) as string[];
  const names = urls.flatMap((url) => {
    const [, thing] = url.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/) ?? [];
    const [, ours] = url.match(/\/dist\/(.*)\.js$/) ?? [];
    return thing ?? ours ?? [];
  });
  return [...new Set(names)].sort();
}
