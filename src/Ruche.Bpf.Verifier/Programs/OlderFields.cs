// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>Before 6.4 a pointer in a map value had other tags; a type with one that the kernel did not know had no fields of its own at all.</summary>
internal static class OlderFields
{
    /// <summary>The program as a release sees its maps.</summary>
    public static VerifierProgram Of(VerifierProgram program, KernelProfile kernel)
    {
        if (kernel.Has(6, 4) || !program.Maps.Values.Any(HasUnknownTag)) return program;
        var seen = program.Maps.Values.Distinct().ToDictionary(m => m, m => HasUnknownTag(m) ? Plain(m) : m);
        return program with { Maps = program.Maps.ToDictionary(m => m.Key, m => seen[m.Value]) };
    }

    private static ProgramMap Plain(ProgramMap map) => new() { Spec = map.Spec with { ValueType = 0 }, Types = map.Types, Inner = map.Inner, Constants = map.Constants };

    private static bool HasUnknownTag(ProgramMap map) => map.Fields.Any(f => f.Kind is SpecialFieldKind.UntrustedKernelPointer);
}
