// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Unwinding;

/// <summary>The few expressions that compilers and linkers write where a register and a distance do not do.</summary>
internal static class CfaExpression
{
    private const byte Dereference = 0x06;
    private const byte AtFramePointer = 0x76;
    private const byte AtStackPointer = 0x77;

    // The stack pointer stands there in the record of a signal, above where its handler returns to.
    private const int SignalStackPointer = 160;

    /// <summary>How the CFA is found.</summary>
    public static (CfaKind Kind, int Offset) Of(ReadOnlySpan<byte> expression)
    {
        if (IsStub(expression)) return (CfaKind.Stub, expression[6] - 0x30);
        if (expression is not [.., Dereference]) return (CfaKind.Unknown, 0);
        if (IsRegister(expression[..^1], AtFramePointer, out int offset)) return (CfaKind.StoredAtFrame, offset);
        return IsRegister(expression[..^1], AtStackPointer, out offset) && offset == SignalStackPointer ? (CfaKind.Signal, 0) : (CfaKind.Unknown, 0);
    }

    /// <summary>Whether it is the frame pointer and a distance.</summary>
    public static bool IsFramePointer(ReadOnlySpan<byte> expression, out int offset) => IsRegister(expression, AtFramePointer, out offset);

    // rsp + 8 + ((rip & 15 >= n) << 3): the stubs of a procedure linkage table push one word on their way.
    private static bool IsStub(ReadOnlySpan<byte> expression) => expression is
        [AtStackPointer, 8, 0x80, 0, 0x3f, 0x1a, >= 0x30 and <= 0x3f, 0x2a, 0x33, 0x24, 0x22];

    private static bool IsRegister(ReadOnlySpan<byte> expression, byte register, out int offset)
    {
        offset = 0;
        if (expression is not [var code, ..] || code != register) return false;
        FrameCursor distance = new(expression[1..], 0);
        long value = distance.Signed();
        offset = (int)value;
        return distance.IsAtEnd && offset == value;
    }
}
