// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Programs;

/// <summary>What the kernel tells about a loaded program.</summary>
public sealed record ProgramInfo
{
    /// <summary>The program's id.</summary>
    public required uint Id { get; init; }

    /// <summary>The kernel's name: at most 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>The program's type.</summary>
    public required ProgramType Type { get; init; }

    /// <summary>A hash of the code, as 16 hex digits.</summary>
    public required string Tag { get; init; }

    /// <summary>When it was loaded, counted from the boot.</summary>
    public TimeSpan LoadedAfterBoot { get; init; }

    /// <summary>Who loaded it.</summary>
    public uint CreatedByUid { get; init; }

    /// <summary>The ids of the maps it uses.</summary>
    public ImmutableArray<uint> MapIds { get; init; } = [];

    /// <summary>The id of its types; 0 for none.</summary>
    public uint BtfId { get; init; }

    /// <summary>Whether its licence is compatible with the GPL.</summary>
    public bool IsGplCompatible { get; init; }

    /// <summary>Bytes of code after verification; see <see cref="BpfProgram.ReadTranslated"/>.</summary>
    public int TranslatedSize { get; init; }

    /// <summary>Bytes of machine code; 0 when interpreted; see <see cref="BpfProgram.ReadJited"/>.</summary>
    public int JitedSize { get; init; }

    /// <summary>How many instructions the verifier walked through; 0 before Linux 5.16.</summary>
    public uint VerifiedInstructions { get; init; }

    /// <summary>Nanoseconds spent in the program while statistics were on; see <see cref="RunStatistics"/>.</summary>
    public ulong RunNanoseconds { get; init; }

    /// <summary>How often it ran while statistics were on.</summary>
    public ulong RunCount { get; init; }

    /// <summary>How often it was not run because it was running already.</summary>
    public ulong RecursionMisses { get; init; }

    /// <summary>The interface a device-bound program is bound to; 0 for none.</summary>
    public int InterfaceIndex { get; init; }

    /// <summary>Id of the BTF that <see cref="AttachTypeId"/> counts in; 0 for none.</summary>
    public uint AttachBtfId { get; init; }

    /// <summary>Id of the type (function, tracepoint) it attaches to; 0 for none.</summary>
    public uint AttachTypeId { get; init; }
}
