// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The function that gets what <c>bpf_throw()</c> throws. The program names it in a tag of its own type; nothing calls it.</summary>
internal static class ExceptionHandler
{
    private const string Tag = "exception_callback:";

    /// <summary>Where the handler of a program starts; 0 when it has none.</summary>
    public static int Find(VerifierProgram program)
    {
        if (program.Types is not { } types || program.Functions is not [{ Slot: 0, Type: var main }, ..]) return 0;
        string? name = null;
        foreach (int id in types.IdsOf(BtfKind.DeclTag))
        {
            if (types[id] is not BtfType.DeclTag tag || tag.Target != main || tag.Component >= 0 || !tag.Name.StartsWith(Tag, StringComparison.Ordinal)) continue;
            if (name is not null) Reject("the program names more than one exception handler");
            name = tag.Name[Tag.Length..];
        }

        if (name is null) return 0;
        foreach (var info in program.Functions)
        {
            if (types[info.Type] is not BtfType.Function function || function.Name != name) continue;
            if (function.Linkage is not BtfLinkage.Global) Reject($"the exception handler {name}() is static, and must be global");
            if (info.Slot == 0) Reject("the program names itself as its exception handler");
            return info.Slot;
        }

        throw new RejectedException(VerifierRules.FunctionSignature, $"the program names {name}() as its exception handler, which it does not have");
    }

    private static void Reject(string detail) => throw new RejectedException(VerifierRules.FunctionSignature, detail);
}
