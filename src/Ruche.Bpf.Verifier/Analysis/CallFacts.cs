// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What the arguments of a call have told, for what comes after them.</summary>
internal sealed class CallFacts
{
    /// <summary>The map.</summary>
    public ProgramMap? Map { get; set; }

    /// <summary>Which of several inner maps it is.</summary>
    public int MapInstance { get; set; }

    /// <summary>The reference of the argument that has one.</summary>
    public int Reference { get; set; }

    /// <summary>The reference that the call takes over.</summary>
    public Value? Released { get; set; }

    /// <summary>The function that is called back.</summary>
    public int Callback { get; set; } = -1;

    /// <summary>Bytes of the memory that is returned.</summary>
    public long AllocationSize { get; set; }

    /// <summary>The greatest size given for memory.</summary>
    public long GreatestSize { get; set; } = -1;

    /// <summary>The object behind a per-CPU address.</summary>
    public Value? PerCpu { get; set; }

    /// <summary>The dynptr.</summary>
    public Value? Dynamic { get; set; }

    /// <summary>The kptr field.</summary>
    public SpecialField? Field { get; set; }

    /// <summary>Whose field it is.</summary>
    public Value? FieldOwner { get; set; }

    /// <summary>The key of an array, when it is known.</summary>
    public long? Key { get; set; }
}
