import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import * as datasets from "chalk-and-tape/datasets";
import * as gradcheck from "chalk-and-tape/gradcheck";
import * as initialisers from "chalk-and-tape/initialisers";
import * as manual from "chalk-and-tape/manual";
import * as np from "chalk-and-tape/np";
import * as plots from "chalk-and-tape/plots";
import * as training from "chalk-and-tape/training";
import { allRows, leftOut, namesPage } from "#internal/names";
import { root } from "../house/source.ts";

interface List {
  readonly madeBy: string;
  readonly [place: string]: string | readonly string[];
}

const list = (file: string): List => JSON.parse(readFileSync(join(root, "test/names", file), "utf8")) as List;
const lists = [list("numpy.json"), list("pytorch.json")];

/** The lists' places, as the table shortens them. */
const short: Readonly<Record<string, string>> = {
  "np.random.Generator": "Generator",
  "nn.functional": "F",
  "optim.lr_scheduler": "lr_scheduler",
};
const listed = lists.flatMap(({ madeBy: _, ...places }) =>
  Object.entries(places).flatMap(([place, names]) =>
    (names as readonly string[]).map((name) => `${short[place] ?? place}.${name}`),
  ),
);
const places = new Set(listed.map(placeOf));

function placeOf(name: string): string {
  return name.slice(0, name.lastIndexOf("."));
}

const inRows = new Set(allRows.flatMap(({ numpy, torch }) => [...numpy, ...torch]));
const absent = leftOut.flatMap(({ names }) => names);

/** np.sum stands for ndarray.sum too, Tensor.sum for torch.sum. */
function isCovered(name: string): boolean {
  const other = name.replace(/^ndarray\./, "np.").replace(/^torch\./, "Tensor.");
  return inRows.has(name) || inRows.has(other) || absent.includes(name);
}

/** The public names of a class's instances; what begins with an underscore or is protected is not called by users. */
function methodsOf(type: { readonly prototype: object }): string[] {
  const found = new Set<string>();
  for (let at: object | null = type.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) if (!/^\d+$/.test(name)) found.add(name); // not x[0], which refuses
  return [...found];
}

/** Methods for the package itself: how primitives are dispatched, and how arrays share memory with kernels. */
const plumbing = new Set(["constructor", "apply", "applyConstant", "self", "toString", "toJSON", "priority", "pinned", "writable", "view", "version", "isContiguous"]); // biome-ignore format: a list

type Names = Readonly<Record<string, unknown>>;
const own = (type: { readonly prototype: object }): Names =>
  Object.fromEntries(methodsOf(type).map((name) => [name, true]));
/** Where a name of each place would be here, in camelCase. */
const namesakes: Readonly<Record<string, readonly [names: Names, owner: string]>> = {
  np: [np, "np"],
  "np.linalg": [np.linalg, "np.linalg"],
  ndarray: [own(np.NDArray), "NDArray"],
  Generator: [own(np.Random), "Random"],
  Tensor: [own(autograd.Tensor), "Tensor"],
  nn: [autograd, "autograd"],
  F: [autograd.functional, "functional"],
  optim: [autograd, "autograd"],
  lr_scheduler: [training, "training"],
};
describe("the table of names", () => {
  it(`every name of ${lists.map(({ madeBy }) => madeBy).join(" and ")} has a row or a reason`, () => {
    expect(listed.filter((name) => !isCovered(name))).to.deep.equal([]);
  });

  it("a reason is given once, and only to a name that exists there and has no row", () => {
    expect(absent.filter((name, i) => absent.indexOf(name) !== i)).to.deep.equal([]);
    expect(absent.filter((name) => inRows.has(name) || !listed.includes(name))).to.deep.equal([]);
  });

  it("the names of a row exist in NumPy or PyTorch", () => {
    const isListed = (name: string): boolean =>
      !places.has(placeOf(name)) || placeOf(name) === "torch" || listed.includes(name) || /_$/.test(name);
    const unlisted = [...inRows].filter((name) => /^[\w.]+$/.test(name) && !isListed(name));
    expect(unlisted).to.deep.equal([]);
  });

  it("a name that is here under the same name says so, in its column", () => {
    const camel = (name: string): string =>
      name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const missing = listed.flatMap((name) => {
      const word = camel(name.slice(name.lastIndexOf(".") + 1));
      const [room, owner] = namesakes[placeOf(name)] ?? [];
      if (!room || !Object.hasOwn(room, word)) return [];
      const spellings = [name, name.replace(/^ndarray/, "np")];
      const mine = allRows.filter(({ numpy, torch }) =>
        [...numpy, ...torch].some((one) => spellings.includes(one)),
      );
      const says = mine.some(({ np, tape }) => [...np, ...tape].some((one) => one === `${owner}.${word}`));
      return says ? [] : [`${name}: ${owner}.${word}`];
    });
    expect(missing).to.deep.equal([]);
  });

  it("every name of np, Tensor, NDArray, Random, Module, functional, autograd, manual and the schedules has a row", () => {
    const ours = new Set<string>(allRows.flatMap(({ np, tape }) => [...np, ...tape]));
    const { linalg, ...others } = np;
    const inRooms = { autograd, manual, functional: autograd.functional, np: others, "np.linalg": linalg };
    const schedules = Object.keys(training).filter((name) => /LR|Restarts/.test(name));
    const members = {
      NDArray: np.NDArray,
      Random: np.Random,
      Tensor: autograd.Tensor,
      Module: autograd.Module,
    };
    const all = [
      ...Object.entries(inRooms).flatMap(([room, names]) =>
        Object.keys(names).map((name) => `${room}.${name}`),
      ),
      ...schedules.map((name) => `training.${name}`),
      ...Object.entries(members).flatMap(([owner, type]) =>
        methodsOf(type)
          .filter((name) => !plumbing.has(name))
          .map((name) => `${owner}.${name}`),
      ),
    ];
    // A model or a tool of one side has the same name on the other.
    const twin = (name: string): string => name.replace(/^manual\./, "autograd.");
    expect(all.filter((name) => !ours.has(name) && !ours.has(twin(name)))).to.deep.equal([]);
  });

  it("a row without a name here says what to write", () => {
    const mute = allRows.filter(({ np, tape, note }) => np.length + tape.length === 0 && note === "");
    expect(mute).to.deep.equal([]);
  });

  it("notes call only what is here", () => {
    const rooms = [
      np,
      np.linalg,
      autograd,
      autograd.functional,
      manual,
      training,
      datasets,
      initialisers,
      gradcheck,
      plots,
    ];
    const types = [np.NDArray, np.Random, autograd.Tensor, autograd.Module];
    const javaScript = ["Math", "Set", "String", "for", "log", "atan2"];
    const known = new Set([...rooms.flatMap((room) => Object.keys(room)), ...types.flatMap(methodsOf), "forward", ...javaScript]); // biome-ignore format: a list
    const notes = [...allRows.map(({ note }) => note), ...leftOut.map(({ reason }) => reason)];
    const called = notes.flatMap(
      (note) =>
      [...note.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => [...code.matchAll(/(\w+)\(/g)].map(([, name = ""]) => name)), // biome-ignore format: a chain
    );
    expect(called.length).to.be.above(100);
    expect([...new Set(called)].filter((name) => !known.has(name))).to.deep.equal([]);
  });

  it("docs/names.md is what `npm run names` writes", () => {
    expect(readFileSync(join(root, "docs/names.md"), "utf8"), "run npm run names").to.equal(namesPage());
  });
});
