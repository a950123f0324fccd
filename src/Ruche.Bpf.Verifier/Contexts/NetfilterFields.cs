// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct bpf_nf_ctx</c>: a packet at a hook of netfilter.</summary>
internal static class NetfilterFields
{
    /// <summary>The fields, pointers to the kernel's own structures.</summary>
    public static ContextTable Table { get; } = new(
        "struct bpf_nf_ctx",
        16,
        Object("state", 0, "nf_hook_state"),
        Object("skb", 8, "sk_buff"));

    private static ContextField Object(string name, int offset, string type) =>
        new(name, offset, 8) { Kind = ValueKind.Btf, Flags = ValueFlags.Trusted, TypeName = type, Since = new(6, 4) };
}
