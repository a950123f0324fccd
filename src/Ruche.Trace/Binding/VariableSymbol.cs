// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>A scratch variable of one program. Its type is what all assignments have in common, and is known when binding is done.</summary>
internal sealed class VariableSymbol
{
    public VariableSymbol(string name) => Name = name;

    /// <summary>A variable whose type is known from the start.</summary>
    public VariableSymbol(string name, TraceType type)
        : this(name) => Inference = new(type);

    public string Name { get; }

    public TypeInference Inference { get; } = new(TraceType.None);

    public TraceType Type => Inference.Type;

    /// <summary>The memory that pointers in it lead to, when it holds a whole structure.</summary>
    public MemorySpace Space { get; set; }
}
