import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { findDataRoot } from "chalk-and-tape/datasets";

describe("findDataRoot", () => {
  const home = resolve("/home/ada");
  const cache = resolve("/cache");
  const local = resolve("/local");
  const from = (option: string | undefined, env: Record<string, string>, platform = "linux") =>
    findDataRoot(option, { env, platform, home });

  it("takes the option before CHALK_DATA, and CHALK_DATA before the cache directory", () => {
    const env = { CHALK_DATA: resolve("/data"), XDG_CACHE_HOME: cache };
    expect(from("mine", env)).to.deep.equal({ path: resolve("mine"), from: "option" });
    expect(from(undefined, env)).to.deep.equal({ path: resolve("/data"), from: "CHALK_DATA" });
    expect(from("", { ...env, CHALK_DATA: "" })).to.deep.equal({
      path: join(cache, "chalk-and-tape"),
      from: "cache",
    });
  });

  it("makes a relative CHALK_DATA absolute and ignores a relative XDG_CACHE_HOME", () => {
    expect(from(undefined, { CHALK_DATA: "data" }).path).to.equal(resolve("data"));
    expect(from(undefined, { XDG_CACHE_HOME: "cache" }).path).to.equal(
      join(home, ".cache", "chalk-and-tape"),
    );
  });

  it("knows the cache directories of Linux, macOS and Windows", () => {
    expect(from(undefined, {}).path).to.equal(join(home, ".cache", "chalk-and-tape"));
    expect(from(undefined, {}, "darwin").path).to.equal(join(home, "Library", "Caches", "chalk-and-tape"));
    expect(from(undefined, { LOCALAPPDATA: local }, "win32").path).to.equal(join(local, "chalk-and-tape"));
    expect(from(undefined, {}, "win32").path).to.equal(join(home, "AppData", "Local", "chalk-and-tape"));
    expect(from(undefined, { XDG_CACHE_HOME: cache }, "darwin").path).to.equal(join(cache, "chalk-and-tape"));
  });

  it("reads the running process where nothing else is given", () => {
    expect(findDataRoot(undefined, { env: {}, platform: "linux" }).path).to.equal(
      join(homedir(), ".cache", "chalk-and-tape"),
    );
  });
});
