import { torchKey } from "../../contracts/internal.ts";
import { entriesOf, held } from "../../np/internal.ts";
import { leafName } from "../trace/catalogue.ts";
import { isNetwork } from "../trace/places.ts";
import type { Problems } from "../trace/problems.ts";
import type { AnyNetwork } from "../trace/traced.ts";

/** Python's keywords. */
export const keywords: readonly string[] =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  );

/** What every `nn.Module` has already. */
export const moduleAttributes: readonly string[] =
  "T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory state_dict to to_empty train training type xpu zero_grad _apply _backward_hooks _backward_pre_hooks _buffers _call_impl _compiled_call_impl _forward_hooks _forward_hooks_always_called _forward_hooks_with_kwargs _forward_pre_hooks _forward_pre_hooks_with_kwargs _get_backward_hooks _get_backward_pre_hooks _get_name _is_full_backward_hook _load_from_state_dict _load_state_dict_post_hooks _load_state_dict_pre_hooks _maybe_warn_non_full_backward_hook _modules _named_members _non_persistent_buffers_set _parameters _register_load_state_dict_pre_hook _register_state_dict_hook _replicate_for_data_parallel _save_to_state_dict _slow_forward _state_dict_hooks _state_dict_pre_hooks _version _wrapped_call_impl".split(
    " ",
  );

/** What `nn.ModuleDict` has besides. */
export const dictAttributes: readonly string[] = "clear items keys pop update values".split(" ");

/**
 * Why a part cannot have this name in Python, in words that follow "a part named …"; null if it can.
 * Python changes names that begin with two underscores.
 */
function attributeProblem(name: string): string | null {
  if (keywords.includes(name)) return "a keyword of Python";
  if (moduleAttributes.includes(name)) return "which PyTorch's modules use for something else";
  const isIdentifier = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && name.normalize("NFKC") === name;
  return isIdentifier && !name.startsWith("__") ? null : "which is not a name in Python";
}

/** Names every part whose place has a name that Python or PyTorch does not allow. */
export function blameNames(network: AnyNetwork, problems: Problems): void {
  if (leafName(network) !== null) return;
  const unnamed = "unnamedList" in network ? network.unnamedList : null;
  const blame = (name: string, why: string | null): void => {
    if (why) problems.add(network, `has a part named ${name}, ${why}`, "Rename the fields and keys");
  };
  for (const [key, value] of Object.entries(network)) {
    if (!holdsPart(value)) continue;
    if (key !== unnamed) blame(torchKey(key), attributeProblem(torchKey(key)));
    for (const name of namesInside(value)) blame(name, dictProblem(name));
  }
}

function dictProblem(name: string): string | null {
  return moduleAttributes.includes(name) || dictAttributes.includes(name)
    ? "which PyTorch's ModuleDict uses for something else"
    : null;
}

/** Whether a value is a part, or a list, object or Map with parts in it. */
export function holdsPart(value: unknown): boolean {
  return [...held(value)].some((one) => isNetwork(one.value));
}

/** The keys of objects and Maps that lead to parts. */
function namesInside(value: unknown): string[] {
  return (entriesOf(value) ?? []).flatMap(([name, , inner]) =>
    holdsPart(inner) ? [...(typeof name === "string" ? [name] : []), ...namesInside(inner)] : [],
  );
}
