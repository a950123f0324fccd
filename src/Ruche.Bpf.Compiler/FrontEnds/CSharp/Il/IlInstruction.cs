// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>One instruction of a method.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">What it does; short forms are given as the long ones.</param>
/// <param name="Operand">Its operand: a number, a token, or where it jumps to.</param>
/// <param name="Next">Where the next begins.</param>
internal readonly record struct IlInstruction(int Offset, ILOpCode Code, long Operand, int Next)
{
    /// <summary>Where a switch goes, for each value.</summary>
    public ImmutableArray<int> Targets { get; init; } = [];

    public bool EndsBlock => Code is ILOpCode.Br or ILOpCode.Ret or ILOpCode.Throw or ILOpCode.Rethrow or ILOpCode.Leave or ILOpCode.Endfinally || IsConditional;

    public bool IsConditional => Code is ILOpCode.Switch || Code is >= ILOpCode.Brfalse and <= ILOpCode.Blt_un;

    public bool HasTarget => Code is ILOpCode.Br or ILOpCode.Leave || Code is >= ILOpCode.Brfalse and <= ILOpCode.Blt_un;
}
