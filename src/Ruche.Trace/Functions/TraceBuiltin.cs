// SPDX-License-Identifier: MIT
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Probes;
using Ruche.Trace.Types;

namespace Ruche.Trace.Functions;

/// <summary>A name that stands for something the kernel is asked for: its type, and the code that asks. A number comes as a value, the rest is written to memory.</summary>
internal sealed record TraceBuiltin(string Name, Func<Binder, TraceType> TypeOf)
{
    /// <summary>Code for a number.</summary>
    public Func<ProbeLowering, Bpf.Compiler.Ir.Value>? Value { get; init; }

    /// <summary>Code that writes a value of the type.</summary>
    public Action<ProbeLowering, Place>? Write { get; init; }

    /// <summary>Whether a program gets the same answer as often as it asks.</summary>
    public bool IsSteady { get; init; }

    /// <summary>Where it can be used; everywhere when null. Otherwise <see cref="Where"/> says where.</summary>
    public Func<ProbeSite, bool>? IsKnownTo { get; init; }

    /// <summary>The probes that it can be used in, for people.</summary>
    public string Where { get; init; } = "";
}
