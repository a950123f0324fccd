// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>One token of a line; the column counts from one.</summary>
internal readonly record struct AssemblyToken(AssemblyTokenKind Kind, string Text, int Column, int Length)
{
    /// <summary>How messages name it.</summary>
    public string Shown => Kind is AssemblyTokenKind.End ? "the end of the line" : $"'{Text}'";

    public bool IsSymbol(string text) => Kind is AssemblyTokenKind.Symbol && Text == text;

    public bool IsWord(string text) => Kind is AssemblyTokenKind.Word && Text == text;

    /// <summary>Whether it is spelled as a register, existing or not: <c>r</c> or <c>w</c> and digits.</summary>
    public bool IsRegister => Kind is AssemblyTokenKind.Word && Text.Length > 1 && Text[0] is 'r' or 'w' && IsDigits(Text.AsSpan(1));

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
