import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { expectArgument, type OptionTable, objectWith, settleOptions, text } from "../../np/internal.ts";

/** The folder of the data files, and which setting chose it. */
export interface DataRoot {
  readonly path: string;
  readonly from: "option" | "CHALK_DATA" | "cache";
}

/** The environment that the choice depends on; defaults to the running process. */
export interface Surroundings {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: string;
  readonly home?: string;
}

const places: OptionTable<Surroundings> = {
  env: { ...objectWith("environment variables by name", {}), required: false, default: undefined },
  platform: { ...text, required: false, default: undefined },
  home: { ...text, required: false, default: undefined },
};

/**
 * Finds the folder of the data files: `option`, else the variable CHALK_DATA, else `chalk-and-tape`
 * in the user's cache directory (XDG_CACHE_HOME, else ~/Library/Caches on macOS, %LOCALAPPDATA% on
 * Windows, ~/.cache elsewhere). It need not exist yet.
 * @see XDG Base Directory Specification: a relative XDG_CACHE_HOME must be ignored
 */
export function findDataRoot(option?: string, surroundings: Surroundings = {}): DataRoot {
  if (option !== undefined) expectArgument("findDataRoot", "option", text, option);
  const around = settleOptions(
    "findDataRoot",
    { name: "findDataRoot", positional: {}, options: places },
    surroundings,
  );
  const { env = process.env, platform = process.platform, home = homedir() } = around;
  if (option) return { path: resolve(option), from: "option" };
  if (env.CHALK_DATA) return { path: resolve(env.CHALK_DATA), from: "CHALK_DATA" };
  return { path: join(cacheFolder(env, platform, home), "chalk-and-tape"), from: "cache" };
}

function cacheFolder(env: NonNullable<Surroundings["env"]>, platform: string, home: string): string {
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return env.XDG_CACHE_HOME;
  if (platform === "darwin") return join(home, "Library", "Caches");
  if (platform === "win32") return env.LOCALAPPDATA || join(home, "AppData", "Local");
  return join(home, ".cache");
}
