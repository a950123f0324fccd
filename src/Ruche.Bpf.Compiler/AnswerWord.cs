// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler;

/// <summary>
/// What a module's <see cref="Ir.Module.AnswerSink"/> is given, in this order: what answered (a helper's number, or <see cref="Context"/>), what was asked
/// about (the address that was read, or the place in the context), the result, the address of the memory that was filled or 0, and its size.
/// </summary>
public static class AnswerWord
{
    /// <summary>Stands in the place of a helper's number for a word of the context.</summary>
    public const int Context = 0xffff;
}
