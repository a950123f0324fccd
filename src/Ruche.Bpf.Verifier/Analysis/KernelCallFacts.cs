// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>What the arguments of a kernel function have told.</summary>
internal sealed class KernelCallFacts
{
    /// <summary>Arguments that were looked at with the one before.</summary>
    public HashSet<int> Skipped { get; } = [];

    /// <summary>The reference that the call takes over.</summary>
    public Value? Released { get; set; }

    /// <summary>The reference of the argument that has one.</summary>
    public int Reference { get; set; }

    /// <summary>A constant argument.</summary>
    public ulong? Constant { get; set; }

    /// <summary>Bytes of the memory that is returned; -1 when no argument says.</summary>
    public long ResultSize { get; set; } = -1;

    /// <summary>Whether that memory may only be read.</summary>
    public bool ResultIsReadOnly { get; set; }

    /// <summary>The dynptr.</summary>
    public Value? Dynamic { get; set; }

    /// <summary>The iterator's type.</summary>
    public string? IteratorType { get; set; }

    /// <summary>Its bytes.</summary>
    public int IteratorSize { get; set; }

    /// <summary>Whether its elements are alive in an RCU read section only.</summary>
    public bool IteratorIsRcu { get; set; }

    /// <summary>The argument that is an object.</summary>
    public Value? Object { get; set; }

    /// <summary>The list or tree.</summary>
    public SpecialField? Root { get; set; }

    /// <summary>The types that the list or tree belongs to.</summary>
    public BtfSpec? RootTypes { get; set; }

    /// <summary>The function that is called back; -1 for none.</summary>
    public int Callback { get; set; } = -1;

    /// <summary>The map value with the field that a callback is for.</summary>
    public Value? FieldOwner { get; set; }

    /// <summary>The lock.</summary>
    public Value? Lock { get; set; }

    /// <summary>Where interrupt flags are saved.</summary>
    public Value? Flags { get; set; }
}
