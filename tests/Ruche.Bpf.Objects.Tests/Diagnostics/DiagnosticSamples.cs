// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

/// <summary>One bad input for every diagnostic there is. None needs a compiler or a kernel.</summary>
internal static partial class DiagnosticSamples
{
    private const string File = "bees.bpf.o";

    public static IReadOnlyList<DiagnosticSample> All { get; } =
        [.. Elf(), .. Btf(), .. BtfExtended(), .. Objects(), .. Linking(), .. Core(), .. Programs(), .. Assembly(), .. Machines(), .. CSharp(), .. Builds(), .. Compiler(), .. Scripts(), .. Values()];

    private static Diagnostic Thrown(Action action) => Assert.Single(Assert.Throws<InvalidObjectException>(action).Diagnostics);

    private static byte[] With(byte[] image, int offset, params byte[] bytes)
    {
        byte[] changed = [.. image];
        bytes.CopyTo(changed, offset);
        return changed;
    }
}
