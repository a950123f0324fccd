// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Where compiled code enters the runtime.</summary>
/// <param name="Helper">As <see cref="CompiledRun.HelperEntry"/>.</param>
/// <param name="Find">As <see cref="CompiledRun.FindEntry"/>.</param>
internal readonly record struct RuntimeEntries(ulong Helper, ulong Find)
{
    /// <summary>Those of this process.</summary>
    public static RuntimeEntries Own => new((ulong)CompiledRun.HelperEntry, (ulong)CompiledRun.FindEntry);
}
