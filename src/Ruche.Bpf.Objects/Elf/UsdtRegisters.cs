// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>Where <c>struct pt_regs</c> keeps each register that an argument of a static trace point may be in.</summary>
internal static class UsdtRegisters
{
    // In the order of struct pt_regs, eight bytes each; "" is what the kernel keeps there that is no register of a program.
    private static readonly string[][] X64 =
    [
        ["r15", "r15d", "r15w", "r15b"], ["r14", "r14d", "r14w", "r14b"], ["r13", "r13d", "r13w", "r13b"], ["r12", "r12d", "r12w", "r12b"],
        ["rbp", "ebp", "bp", "bpl"], ["rbx", "ebx", "bx", "bl"],
        ["r11", "r11d", "r11w", "r11b"], ["r10", "r10d", "r10w", "r10b"], ["r9", "r9d", "r9w", "r9b"], ["r8", "r8d", "r8w", "r8b"],
        ["rax", "eax", "ax", "al"], ["rcx", "ecx", "cx", "cl"], ["rdx", "edx", "dx", "dl"], ["rsi", "esi", "si", "sil"], ["rdi", "edi", "di", "dil"],
        [""], [""], [""], [""], ["rsp", "esp", "sp", "spl"],
    ];

    private static readonly Dictionary<string, int> X64Places =
        X64.SelectMany((names, slot) => names.Where(n => n.Length > 0).Select(n => (n, slot))).ToDictionary(p => p.n, p => p.slot * 8, StringComparer.Ordinal);

    public static bool TryX64(ReadOnlySpan<char> name, out int place) => X64Places.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out place);

    /// <summary><c>x0</c> to <c>x30</c>, their halves <c>w0</c> to <c>w30</c>, and <c>sp</c>.</summary>
    public static bool TryArm64(ReadOnlySpan<char> name, out int place)
    {
        const int StackPointer = 31;
        place = StackPointer * 8;
        if (name is "sp") return true;
        if (name.Length < 2 || name[0] is not ('x' or 'w')) return false;
        bool isNumber = int.TryParse(name[1..], NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        place = number * 8;
        return isNumber && number < StackPointer;
    }
}
