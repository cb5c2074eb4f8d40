/** What constructors, option types and doc comments say, read from the source, against the contracts. */
import ts from "@tslab/typescript-for-tslab";
import { expect } from "chai";
import * as autograd from "chalk-and-tape/autograd";
import { type AnyArgument, type AnyContract, contracts } from "chalk-and-tape/contracts";
import { datasetContracts } from "chalk-and-tape/datasets";
import * as manual from "chalk-and-tape/manual";
import { scheduleContracts } from "chalk-and-tape/training";
import { exportedClasses, isAbstract, isExported, parse, type Source, sources } from "../house/source.ts";

const kinds = ["layers", "activations", "losses", "optimizers", "models"];
const all: readonly AnyContract[] = [
  ...Object.values(contracts),
  ...Object.values(datasetContracts),
  ...Object.values(scheduleContracts),
];

/** Parameters of a constructor or function: names, marks, and the type of the last. */
interface Taken {
  readonly names: readonly string[];
  readonly optional: readonly string[];
  readonly rest: boolean;
}

function taken(parameters: readonly ts.ParameterDeclaration[]): Taken {
  const names = parameters.map((one) => one.name.getText());
  const optional = parameters.filter((one) => one.questionToken || one.initializer);
  return {
    names,
    optional: optional.map((one) => one.name.getText()),
    rest: parameters.some((one) => one.dotDotDotToken !== undefined),
  };
}

/** Every class and function that a student can call, with what its source says that it takes. */
function callables(files: readonly Source[]): Map<string, Taken> {
  const parsed = files.map(({ text }) => parse(text));
  const classes = parsed.flatMap(exportedClasses);
  const own = (node: ts.ClassDeclaration): Taken => {
    const made = node.members.find(ts.isConstructorDeclaration);
    if (made) return taken(made.parameters);
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText();
    const found = classes.find((one) => one.name?.text === parent);
    return found ? own(found) : taken([]);
  };
  const functions = parsed.flatMap((file) =>
    file.statements.filter(ts.isFunctionDeclaration).filter(isExported),
  );
  return new Map([
    ...classes
      .filter((node) => !isAbstract(node))
      .map((node): [string, Taken] => [node.name?.text ?? "", own(node)]),
    ...functions.map((node): [string, Taken] => [node.name?.text ?? "", taken(node.parameters)]),
  ]);
}

/** What is wrong between a contract and what the source takes. */
function mismatch(
  { name, positional, options, rest = false }: AnyContract,
  found: Taken | undefined,
): string[] {
  if (!found) return [`${name}: no such class or function`];
  const names = Object.keys(positional);
  const hasOptions = Object.keys(options).length > 0;
  const expected: Taken = {
    names: [...names, ...(hasOptions ? ["options"] : [])],
    optional: [
      ...names.filter((key) => positional[key]?.required === false),
      ...(hasOptions ? ["options"] : []),
    ],
    rest,
  };
  const [left, right] = [JSON.stringify(expected), JSON.stringify(found)];
  return left === right ? [] : [`${name}: the contract has ${left}, the source ${right}`];
}

describe("contracts and the source", () => {
  for (const side of ["manual", "autograd"])
    it(`${side}: every class and function has a contract, with its parameters' names in their order`, () => {
      const found = callables(kinds.flatMap((kind) => sources(`${side}/${kind}`)));
      const room: object = side === "manual" ? manual : autograd;
      for (const name of found.keys()) if (!(name in room)) found.delete(name); // only our own classes call it
      const known: Readonly<Record<string, AnyContract>> = contracts;
      const forgotten = [...found.keys()].filter((name) => !Object.hasOwn(known, name));
      expect(forgotten, "declare it in contracts/, in the folder of its kind").to.deep.equal([]);
      const problems = Object.values(known)
        .filter(({ name }) => side === "manual" || !name.startsWith("conv2dByLoops"))
        .flatMap((contract) => mismatch(contract, found.get(contract.name)));
      expect(problems.join("\n")).to.equal("");
    });

  it("the data sets, the loader and the schedules, too", () => {
    const found = callables(["datasets", "training/schedules"].flatMap(sources));
    const others: readonly AnyContract[] = [
      ...Object.values(datasetContracts),
      ...Object.values(scheduleContracts),
    ];
    expect(others.flatMap((contract) => mismatch(contract, found.get(contract.name)))).to.deep.equal([]);
    const files = sources("training/schedules").flatMap(({ text }) => exportedClasses(parse(text)));
    const classes = files.filter((node) => !isAbstract(node)).map((node) => node.name?.text ?? "");
    expect(classes.sort()).to.deep.equal(Object.keys(scheduleContracts).sort());
  });

  it("names are those of the exports", () => {
    for (const [key, { name }] of Object.entries<AnyContract>(contracts)) expect(name).to.equal(key);
  });

  it("PyTorch's arguments without a default are positional; where all have one, the first alone", () => {
    for (const { name, positional } of all) {
      const arguments_ = Object.values(positional);
      if (arguments_.some(({ type }) => type === "layer")) continue; // the parts of a container come by position
      const optional = arguments_.filter(({ required }) => !required);
      expect(optional.length === 0 || arguments_.length === 1, name).to.equal(true);
    }
  });

  it("every option is documented, and its doc comment has the contract's default", () => {
    const documented = documentedOptions(["contracts", "datasets", "training/schedules"].flatMap(sources));
    const problems: string[] = [];
    let checked = 0;
    for (const { name, options } of all) {
      if (Object.keys(options).length === 0) continue;
      const fields = documented.get(name);
      expect(Object.keys(options).sort(), name).to.deep.equal([...(fields?.keys() ?? [])].sort());
      for (const [option, argument] of Object.entries(options)) {
        const doc = fields?.get(option) ?? "";
        if (option === "lr") continue; // each optimizer's own, in the comment of its options
        checked++;
        if (!saysDefault(doc, argument))
          problems.push(`${name}: ${option}: "${doc}" does not say ${shown(argument)}`);
      }
    }
    expect(problems.join("\n")).to.equal("");
    expect(checked).to.be.above(150);
  });
});

function shown({ default: initial, defaultInWords }: AnyArgument): string {
  return initial === undefined ? (defaultInWords ?? "") : JSON.stringify(initial);
}

/** Whether one of the values after the first "default" is the contract's. */
function saysDefault(doc: string, argument: AnyArgument): boolean {
  const text = doc.replaceAll("−", "-").replace(/\s+/g, " ");
  const at = text.search(/default/i);
  if (at < 0) return false;
  if (argument.defaultInWords !== undefined && text.includes(argument.defaultInWords)) return true;
  if (argument.default === undefined) return false;
  const values =
    text.slice(at + 7).match(/\[[^\]]*\]|"[^"]*"|-?\d[\d.]*(?:e-?\d+)?(?<!\.)|true|false|null/g) ?? [];
  return values.some((value) => JSON.stringify(JSON.parse(value)) === JSON.stringify(argument.default));
}

/** Option → doc comment, by the name of the class: of the type that stands in its contract's type. */
function documentedOptions(files: readonly Source[]): Map<string, Map<string, string>> {
  const statements = files.flatMap(({ text }) => [...parse(text).statements]);
  const interfaces = new Map(statements.filter(ts.isInterfaceDeclaration).map((one) => [one.name.text, one]));
  const fieldsOf = (type: string): Map<string, string> => {
    const node = interfaces.get(type);
    const parents = node?.heritageClauses?.flatMap(({ types }) =>
      types.map(({ expression }) => expression.getText()),
    );
    const own = (node?.members ?? []).map((member): [string, string] => [
      member.name?.getText() ?? "",
      member.getFullText().slice(0, member.getStart() - member.getFullStart()),
    ]);
    return new Map([...(parents ?? []).flatMap((parent) => [...fieldsOf(parent)]), ...own]);
  };
  const typed = statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations]);
  return new Map(
    typed.flatMap((one): [string, Map<string, string>][] => {
      const { type, initializer } = one;
      if (!type || !ts.isTypeReferenceNode(type)) return [];
      const [first, second] = type.typeArguments ?? [];
      const kind = type.typeName.getText();
      const options = kind === "Contract" ? second : kind === "Recipe" ? first : undefined;
      if (!options || !ts.isTypeReferenceNode(options)) return [];
      const name = /name: "(\w+)"|^\w+\("(\w+)"\)$/.exec(initializer?.getText() ?? "");
      return [[name?.[1] ?? name?.[2] ?? "", fieldsOf(options.typeName.getText())]];
    }),
  );
}

describe("the reader of sources itself", () => {
  const text = (parameters: string): Source[] => [
    { path: "manual/layers/x.ts", text: `export class Linear { constructor(${parameters}) {} }` },
  ];
  const problems = (parameters: string): string[] =>
    mismatch(contracts.Linear, callables(text(parameters)).get("Linear"));
  it("passes the right constructor", () =>
    expect(problems("inFeatures: number, outFeatures: number, options: LinearOptions = {}")).to.deep.equal(
      [],
    ));
  for (const wrong of [
    "outFeatures: number, inFeatures: number, options: LinearOptions = {}",
    "inFeatures: number, outFeatures: number",
    "inFeatures: number, outFeatures: number, options: LinearOptions",
    "inFeatures: number, outFeatures: number, { bias = true }: LinearOptions = {}",
    "inFeatures: number, outFeatures: number, bias: boolean, options: LinearOptions = {}",
    "inFeatures: number, outFeatures = 10, options: LinearOptions = {}",
    "...inFeatures: number[]",
  ])
    it(`catches (${wrong})`, () => expect(problems(wrong)).to.have.length(1));
  it("catches another default in a doc comment", () => {
    const { bias } = contracts.Linear.options;
    expect(saysDefault("Whether y has a + b; default true.", bias)).to.equal(true);
    for (const doc of ["Whether y has a + b.", "Whether y has a + b; default false."])
      expect(saysDefault(doc, bias)).to.equal(false);
    expect(saysDefault("ε; default 1e-4.", contracts.LayerNorm.options.eps)).to.equal(false);
    expect(saysDefault("ε; default 1e-5.", contracts.LayerNorm.options.eps)).to.equal(true);
  });
});
