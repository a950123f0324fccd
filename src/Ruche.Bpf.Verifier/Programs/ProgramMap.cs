// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Verifier.Programs;

/// <summary>A map as a program sees it.</summary>
public sealed class ProgramMap
{
    /// <summary>What the map is.</summary>
    public required MapSpec Spec { get; init; }

    /// <summary>The types that its key and value ids refer to; null when it has none.</summary>
    public BtfSpec? Types { get; init; }

    /// <summary>The inner map of a map of maps.</summary>
    public ProgramMap? Inner { get; init; }

    /// <summary>The contents, when the program cannot see them change: constants that the verifier may use. Empty otherwise.</summary>
    public ImmutableArray<byte> Constants { get; init; } = [];

    /// <summary>The slots that a jump table leads to; of other maps none.</summary>
    public ImmutableArray<int> JumpTargets { get; init; } = [];

    /// <summary>Special fields of the value: locks, timers, kptrs …</summary>
    internal ImmutableArray<SpecialField> Fields => _fields.IsDefault ? _fields = SpecialField.Find(Types, Spec.ValueType) : _fields;

    private ImmutableArray<SpecialField> _fields;

    /// <summary>The map's name.</summary>
    public override string ToString() => Spec.Name;
}
