/** Preloaded, it makes koffi as if it were not installed. */
const Module = require("node:module");
const resolve = Module._resolveFilename;
Module._resolveFilename = function (name, ...others) {
  if (name !== "koffi") return resolve.call(this, name, ...others);
  throw Object.assign(new Error("Cannot find module 'koffi'"), { code: "MODULE_NOT_FOUND" });
};
