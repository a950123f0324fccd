// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>A function's instructions, what they refer to, what they ask of the kernel's types, and the source lines at which they begin.</summary>
internal sealed record EmittedCode(
    Function Function,
    ImmutableArray<Instruction> Instructions,
    ImmutableArray<Reference> References,
    ImmutableArray<EmittedCode.Question> Questions,
    ImmutableArray<EmittedCode.LineStart> Lines)
{
    public sealed record Question(int Slot, KernelSubject Subject);

    public sealed record LineStart(int Slot, SourceLine Line);
}
