// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions.Assembly;

/// <summary>
/// What listings print before an instruction: a slot number (<c>12:</c>), its bytes in hexadecimal, and, in verifier logs, the
/// opcode in parentheses. Only the opcode matters: it tells a wide load from a move.
/// </summary>
internal readonly record struct AssemblyLinePrefix(int Length, byte? Opcode, string? Label)
{
    private const int AddressDigits = 16;

    public static AssemblyLinePrefix Read(string line)
    {
        if (SymbolHeader(line) is { } label) return new(line.Length, null, label);
        int start = SkipSpaces(line, 0), at = start;
        while (at < line.Length && char.IsAsciiDigit(line[at])) at++;
        at = at > start && at < line.Length && line[at] == ':' ? SkipBytes(line, SkipSpaces(line, at + 1)) : start;
        return IsOpcode(line, at) ? new(at + 4, Convert.ToByte(line.Substring(at + 1, 2), 16), null) : new(at, null, null);
    }

    // 0000000000000048 <name>:
    private static string? SymbolHeader(string line)
    {
        if (line.Length <= AddressDigits + 4 || string.CompareOrdinal(line, AddressDigits, " <", 0, 2) != 0) return null;
        string text = line.TrimEnd();
        bool isHeader = text.EndsWith(">:", StringComparison.Ordinal) && text.Take(AddressDigits).All(char.IsAsciiHexDigit);
        return isHeader ? text[(AddressDigits + 2)..^2] : null;
    }

    private static int SkipSpaces(string line, int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t') at++;
        return at;
    }

    private static int SkipBytes(string line, int start)
    {
        int at = start, count = 0;
        while (count < 2 * Instruction.Size && at + 2 < line.Length && char.IsAsciiHexDigit(line[at])
            && char.IsAsciiHexDigit(line[at + 1]) && line[at + 2] is ' ' or '\t')
        {
            bool isLast = line[at + 2] == '\t';
            at += 3;
            count++;
            if (isLast) break;
        }

        return count is Instruction.Size or 2 * Instruction.Size ? SkipSpaces(line, at) : start;
    }

    private static bool IsOpcode(string line, int at) =>
        at + 3 < line.Length && line[at] == '(' && line[at + 3] == ')'
            && char.IsAsciiHexDigit(line[at + 1]) && char.IsAsciiHexDigit(line[at + 2]);
}
