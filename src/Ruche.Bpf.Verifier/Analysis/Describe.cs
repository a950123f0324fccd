// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Words for values.</summary>
internal static class Describe
{
    private const long Hexadecimal = 1 << 20;

    /// <summary>A register's name.</summary>
    public static string Name(Register register) => string.Create(CultureInfo.InvariantCulture, $"R{(int)register}");

    /// <summary>What kind of thing a value is, with an article.</summary>
    public static string Kind(Value value) => value.Kind switch
    {
        ValueKind.Unwritten => "nothing",
        ValueKind.Scalar => "a number",
        _ => (value.MayBeNull ? "null or " : "") + Pointer(value),
    };

    /// <summary>The numbers a value may be: "0..1500", "-1..1", "7".</summary>
    public static string Range(in ScalarRange range)
    {
        if (range.IsConstant) return Number((long)range.Bits.Value);
        bool isUnsigned = range.SignedLeast >= 0 || (range.SignedLeast == long.MinValue && range.SignedGreatest == long.MaxValue);
        if (range.IsUnknown) return "any number";
        return isUnsigned
            ? $"{Number(range.Least)}..{Number(range.Greatest)}"
            : $"{Number(range.SignedLeast)}..{Number(range.SignedGreatest)}";
    }

    /// <summary>A value in full: "a number 0..1500", "a pointer to 16 bytes of map 'counts' + 8".</summary>
    public static string Value(Value value)
    {
        if (value.IsScalar) return value.Range.IsUnknown ? "any number" : value.Range.IsConstant ? $"the number {Range(value.Range)}" : $"a number {Range(value.Range)}";
        if (!value.IsPointer) return "nothing";
        string offset = value.Offset == 0 ? "" : value.Offset > 0 ? $" + {value.Offset}" : $" - {-(long)value.Offset}";
        string variable = value.Range.IsZero ? "" : $" + ({Range(value.Range)})";
        return Kind(value) + offset + variable;
    }

    private static string Pointer(Value value) => value.Kind switch
    {
        ValueKind.Context => "a pointer to the context",
        ValueKind.Map => $"map '{value.Map}'",
        ValueKind.MapValue => $"a pointer to a value of map '{value.Map}'",
        ValueKind.MapKey => $"a pointer to a key of map '{value.Map}'",
        ValueKind.Stack => "a pointer to the stack",
        ValueKind.PacketMeta => "a pointer to packet metadata",
        ValueKind.Packet => "a pointer into the packet",
        ValueKind.PacketEnd => "the end of the packet",
        ValueKind.FlowKeys => "a pointer to flow keys",
        ValueKind.Socket => "a pointer to a socket",
        ValueKind.SocketCommon => "a pointer to the common part of a socket",
        ValueKind.TcpSocket => "a pointer to a TCP socket",
        ValueKind.XdpSocket => "a pointer to an XDP socket",
        ValueKind.TracepointBuffer => "a pointer to a tracepoint's buffer",
        ValueKind.Btf => $"{Trust(value)}pointer to struct {value.Type.Name}",
        ValueKind.Memory => $"a pointer to {value.Size} bytes of memory",
        ValueKind.Buffer => "a pointer to a buffer",
        ValueKind.Function => "a function",
        ValueKind.DynamicPointer => "a dynptr",
        ValueKind.Arena => "a pointer into the arena",
        ValueKind.Instruction => $"a place out of jump table '{value.Map}'",
        _ => value.Kind.ToString(),
    };

    private static string Trust(Value value) =>
        value.Has(ValueFlags.Untrusted) ? "an untrusted " : value.Has(ValueFlags.Trusted) ? "a trusted " : value.Has(ValueFlags.Rcu) ? "an RCU " : value.Has(ValueFlags.Allocated) ? "an allocated " : "a ";

    private static string Number(long number) => number switch
    {
        <= -Hexadecimal => string.Create(CultureInfo.InvariantCulture, $"-0x{(ulong)-number:x}"),
        >= Hexadecimal => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}"),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    private static string Number(ulong number) => number >= Hexadecimal
        ? string.Create(CultureInfo.InvariantCulture, $"0x{number:x}") : number.ToString(CultureInfo.InvariantCulture);
}
