// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Changes memory in one step that no other CPU sees half of; yields what stood there before.</summary>
public sealed class Atomic : Operation
{
    /// <summary>Adds, ors, ands, xors or exchanges.</summary>
    public Atomic(AtomicOperation operation, Value address, int offset, Value value)
        : base(value.Type, address, value) => (Operator, Offset) = (operation, offset);

    /// <summary>Exchanges when what stands there is what is expected.</summary>
    public Atomic(Value address, int offset, Value expected, Value value)
        : base(value.Type, address, value, expected) => (Operator, Offset) = (AtomicOperation.CompareExchange, offset);

    /// <summary>What is done, in the form that does not fetch, apart from the exchanges.</summary>
    public AtomicOperation Operator { get; }

    /// <summary>The address.</summary>
    public Value Address => Operands[0];

    /// <summary>How many bytes beyond the address.</summary>
    public int Offset { get; }

    /// <summary>What is added, or written.</summary>
    public Value Value => Operands[1];

    /// <summary>What must stand there for an exchange to happen.</summary>
    public Value? Expected => Operands.Count > 2 ? Operands[2] : null;

    /// <inheritdoc/>
    public override bool HasEffects => true;
}
