import { Option } from "commander";
import type { JobSettings } from "../compare/index.ts";
import type { Setting } from "../compare/internal.ts";
import { folder } from "./folder.ts";
import { flagOf, numberIn } from "./options.ts";

/**
 * One setting of a job as an option: its flag, its help and the parser of its value.
 * @param said the wording of the default; the setting's own unless given
 */
export function settingOption(
  name: keyof JobSettings,
  { values, help, default: initial }: Setting<unknown>,
  said: string | undefined = initial?.said,
): Option {
  const text = [help, said].filter(Boolean).join("; ");
  if (values === "folder") return new Option(`${flagOf(name)} <dir>`, text).argParser(folder);
  if (!("fits" in values)) return new Option(`${flagOf(name)} <name>`, text);
  return new Option(`${flagOf(name)} <n>`, text).argParser(numberIn(values));
}
