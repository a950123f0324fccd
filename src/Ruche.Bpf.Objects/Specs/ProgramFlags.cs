// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>Load flags of a program: <c>BPF_F_…</c> of <c>BPF_PROG_LOAD</c>.</summary>
[Flags]
public enum ProgramFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Refuse unaligned accesses.</summary>
    StrictAlignment = 1 << 0,

    /// <summary>Allow unaligned accesses on any architecture.</summary>
    AnyAlignment = 1 << 1,

    /// <summary>Test aid: randomise the upper halves of registers.</summary>
    TestRandomHigh32 = 1 << 2,

    /// <summary>Test aid: checkpoint the verifier's state often.</summary>
    TestStateFrequency = 1 << 3,

    /// <summary>The program may sleep.</summary>
    Sleepable = 1 << 4,

    /// <summary>XDP: packets may have fragments.</summary>
    XdpHasFragments = 1 << 5,

    /// <summary>XDP: the program will be bound to one device.</summary>
    XdpDeviceBound = 1 << 6,

    /// <summary>Test aid: fail on verifier invariant violations.</summary>
    TestRegisterInvariants = 1 << 7,
}
