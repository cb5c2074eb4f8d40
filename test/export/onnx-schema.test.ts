import { readFileSync } from "node:fs";
import { expect } from "chai";

const folder = new URL("../../../export/onnx/schema/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");

/** The messages and fields of a proto file: `ModelProto.ir_version = 1`. */
function fieldsOf(proto: string): string[] {
  const found: string[] = [];
  const around: string[] = [];
  for (const line of proto.replace(/\/\/.*$/gm, "").split("\n")) {
    const [, opened] = /^\s*(?:message|oneof|enum)\s+(\w+)\s*\{/.exec(line) ?? [];
    const [, name, number] = /(\w+)\s*=\s*(\d+|0x\w+)\s*(?:\[.*\])?;/.exec(line) ?? [];
    if (opened) around.push(line.includes("oneof") ? "" : opened);
    else if (name) found.push(`${[...around.filter(Boolean), name].join(".")} = ${Number(number)}`);
    if (line.includes("}")) around.pop();
  }
  return found;
}

/** The same in the generated file, whose comments say where each field and each value of an enum comes from. */
function generatedFields(generated: string): string[] {
  const found: string[] = [];
  let inside = "";
  for (const line of generated.split("\n")) {
    const [, message] = /@generated from (?:message|enum) onnx\.([\w.]+)/.exec(line) ?? [];
    if (message) inside = message;
    const [, name, number] = /@generated from (?:field|enum value): .*?(\w+) = (\d+)/.exec(line) ?? [];
    if (name) found.push(`${inside}.${name} = ${Number(number)}`);
  }
  return found;
}

describe("the messages of ONNX", () => {
  it("the generated file has every field and value of the schema, and no others", () => {
    const fields = fieldsOf(read("generator/onnx.proto"));
    expect(fields).to.include("ModelProto.ir_version = 1").and.to.include("TensorProto.DataType.DOUBLE = 11");
    expect(generatedFields(read("onnx_pb.ts")).sort()).to.deep.equal(fields.sort());
  });
});
