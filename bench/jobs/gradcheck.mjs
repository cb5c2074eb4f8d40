/**
 * `gradcheck Mlp` on the command line, all 218,058 parameters, three witnesses; and what PyTorch has for it, torch.autograd.gradcheck, on a
 * network that it can do: Linear-ReLU-Linear of 2,410 parameters, one witness. It computes whole forwards, so its time a parameter
 * grows with the network: what it would need for ours is more than this number says.
 */
export const gradcheck = [{ name: "gradcheck", kind: "gradcheck", unit: "µs a parameter" }];
