/** Leaves out the words of error messages: everything that stands among the arguments of `new …Error(…)`. */
import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "message-text", {
    shouldIgnore(path) {
      const parent = path.parent;
      const inError = path.listKey === "arguments" && parent?.type === "NewExpression";
      return inError && parent.callee.name?.endsWith("Error") ? "message text only" : undefined;
    },
  }),
];
