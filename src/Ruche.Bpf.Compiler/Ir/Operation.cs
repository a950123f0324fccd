// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>One step of a block. What it takes may be replaced; what it is may not.</summary>
public abstract class Operation : Value
{
    private readonly Value[] _operands;

    private protected Operation(IrType type, params Value[] operands)
        : base(type) => _operands = operands;

    /// <summary>The values that it takes.</summary>
    public FixedList<Value> Operands => new(_operands);

    /// <summary>All values that are needed here: what it takes, and what its edges give.</summary>
    public UsedValues Used => new(this);

    /// <summary>Where in the source it comes from.</summary>
    public SourceLine? Source { get; set; }

    /// <summary>Whether it does, or depends on, more than computing its result from its operands.</summary>
    public abstract bool HasEffects { get; }

    /// <summary>Whether the same operands give the same result wherever it stands: it may then be moved, shared and dropped.</summary>
    public virtual bool IsPure => !HasEffects;

    /// <summary>Takes another value in place of one.</summary>
    public void Replace(int operand, Value value) => _operands[operand] = value;
}
