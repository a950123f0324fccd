// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Code for what seldom happens, which is put behind the program.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Label">Where it begins.</param>
/// <param name="Slot">The instruction that it belongs to.</param>
internal readonly record struct Arm64Detour(DetourKind Kind, int Label, int Slot)
{
    /// <summary>Where it goes on, if it does.</summary>
    public int Back { get; init; }

    /// <summary>What has the address of the memory that is about to be touched.</summary>
    public Arm64Register Address { get; init; }

    /// <summary>What the runtime is asked for.</summary>
    public int Request { get; init; }
}
