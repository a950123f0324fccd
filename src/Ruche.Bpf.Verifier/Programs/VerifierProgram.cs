// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A program as the kernel would be given it: linked, fitted to the kernel's types, its maps and kernel symbols named.</summary>
public sealed record VerifierProgram
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The program type.</summary>
    public required ProgramType Type { get; init; }

    /// <summary>What it will be attached to; null when the loader does not say.</summary>
    public AttachType? Attach { get; init; }

    /// <summary>The kernel function, tracepoint, hook or struct_ops member (as <c>struct:member</c>) it is attached to; empty when none is named.</summary>
    public string AttachTarget { get; init; } = "";

    /// <summary>Load flags.</summary>
    public ProgramFlags Flags { get; init; }

    /// <summary>The licence.</summary>
    public string License { get; init; } = "";

    /// <summary>The code.</summary>
    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>The maps that wide loads load, by slot.</summary>
    public IReadOnlyDictionary<int, ProgramMap> Maps { get; init; } = new Dictionary<int, ProgramMap>();

    /// <summary>Where in the only value of its map a wide load points, by slot; slots that load a map itself are missing.</summary>
    public IReadOnlyDictionary<int, int> MapOffsets { get; init; } = new Dictionary<int, int>();

    /// <summary>The names of the kernel functions that calls call, by slot.</summary>
    public IReadOnlyDictionary<int, string> KernelCalls { get; init; } = new Dictionary<int, string>();

    /// <summary>The names of the kernel symbols that wide loads load, by slot.</summary>
    public IReadOnlyDictionary<int, string> KernelVariables { get; init; } = new Dictionary<int, string>();

    /// <summary>What the kernel lacks, by the slot that must not be reached for it.</summary>
    public IReadOnlyDictionary<int, string> Missing { get; init; } = new Dictionary<int, string>();

    /// <summary>The program's own types; null when it has none.</summary>
    public BtfSpec? Types { get; init; }

    /// <summary>Where each function starts and its type, in slot order.</summary>
    public ImmutableArray<FuncInfo> Functions { get; init; } = [];

    /// <summary>Source lines, in slot order.</summary>
    public ImmutableArray<LineInfo> Lines { get; init; } = [];

    /// <summary>Whether programs under this licence may call what is for GPL programs only.</summary>
    public bool IsGplCompatible => License is "GPL" or "GPL v2" or "GPL and additional rights" or "Dual BSD/GPL" or "Dual MIT/GPL" or "Dual MPL/GPL";

    /// <summary>Whether the program may sleep.</summary>
    public bool IsSleepable => (Flags & ProgramFlags.Sleepable) != 0;

    /// <summary>The source line of a slot; null when unknown.</summary>
    public SourcePlace? SourceOf(int slot)
    {
        if (Types is null || Lines.IsEmpty) return null;
        LineInfo? found = null;
        foreach (var line in Lines)
        {
            if (line.Slot > slot) break;
            found = line;
        }

        return found is { } last ? new(Types.StringAt(last.File), last.Line, Types.StringAt(last.Text).Trim()) : null;
    }
}
