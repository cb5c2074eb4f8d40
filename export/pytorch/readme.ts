/** The first line of every README.md, by which a folder is known as an export. */
export const readmeStart = "Exported by chalk-and-tape";

/** The text of README.md. */
export function readmeSource(network: string): string {
  return `# ${network} for PyTorch

${readmeStart}: \`model.py\` is the network, \`train.py\` trains it on \`data.safetensors\`, from \`weights.safetensors\` and \`optimizer.safetensors\`.

    pip install torch safetensors
    python train.py                                      # one process
    torchrun --standalone --nproc_per_node 4 train.py    # four, which divide each batch among them

With CUDA each rank takes the GPU of its number, and they talk by NCCL; else they share the cores, and talk by gloo.
Each rank normalises its own part of a batch (BatchNorm) and draws its own dropout; all else does not depend on their number.
The result is \`trained.safetensors\`; in TypeScript: \`model.loadStateDict(await loadState("trained.safetensors"))\`.
`;
}
