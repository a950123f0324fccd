// SPDX-License-Identifier: MIT
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Functions;

/// <summary>
/// A function of the language, all of it in one place: how many arguments it takes, how a call is checked and given a type, and the code of a call.
/// A function that yields a number comes as a value, one that yields something else writes it to memory.
/// </summary>
internal sealed record TraceFunction(string Name, int Least, int Most, Func<Binder, Expression.Call, TraceFunction, BoundExpression> Bind)
{
    /// <summary>How to write a call, for people.</summary>
    public required string Usage { get; init; }

    /// <summary>Code for a number.</summary>
    public Func<ProbeLowering, BoundExpression.Call, Bpf.Compiler.Ir.Value>? Value { get; init; }

    /// <summary>Code that writes a value of the call's type.</summary>
    public Action<ProbeLowering, BoundExpression.Call, Place>? Write { get; init; }

    /// <summary>Whether it takes an object of the kernel as the probe was given it, so that the kernel must know its type.</summary>
    public bool TakesKernelObject { get; init; }

    /// <summary>Whether its code goes round in a loop that the verifier may not see the end of.</summary>
    public bool Loops { get; init; }

    /// <summary>Whether it changes the system, and must be allowed to.</summary>
    public bool IsUnsafe { get; init; }
}
