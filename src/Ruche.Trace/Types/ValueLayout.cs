// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace Ruche.Trace.Types;

/// <summary>
/// How values lie in keys and values of maps, in tuples and in events: what programs write and what is printed. Bytes that belong to nothing are
/// zero, because keys are compared as bytes.
/// <list type="table">
/// <item><term>numbers, enumerations</term><description>their bytes, little-endian</description></item>
/// <item><term>booleans</term><description>one byte</description></item>
/// <item><term>text</term><description>its bytes, a zero, and zeros up to its capacity</description></item>
/// <item><term>buffer</term><description>a word of 4 bytes that says how many bytes follow; then these</description></item>
/// <item><term>array, record, tuple</term><description>its elements, each at a multiple of its alignment</description></item>
/// <item><term>pointer</term><description>8 bytes</description></item>
/// <item><term>stack</term><description>8 bytes: where it stands in the map of stacks, negative when there is none; of a process, 4 bytes with its number follow, and 4 of zeros</description></item>
/// <item><term>symbol</term><description>8 bytes: the address; of a process, 4 bytes with its number follow, and 4 of zeros</description></item>
/// <item><term>address</term><description>4 bytes: 2 or 10, the family; 16 bytes: the address as on the wire, zeros behind a short one</description></item>
/// <item><term>hardware address</term><description>6 bytes</description></item>
/// <item><term>timestamp, named, code</term><description>8 bytes: nanoseconds of the clock since boot; the number of the user, of the process, of the error and so on</description></item>
/// <item><term>aggregate</term><description>its words, for each CPU</description></item>
/// </list>
/// </summary>
internal static class ValueLayout
{
    public static int SizeOf(TraceType type) => type switch
    {
        TraceType.Nothing => 0,
        TraceType.Integer x => x.Bytes,
        TraceType.Boolean => 1,
        TraceType.Enumeration x => x.Layout.Bytes,
        TraceType.Text x => x.Capacity,
        TraceType.Buffer x => sizeof(uint) + x.Capacity,
        TraceType.Array x => SizeOf(x.Element) * x.Count,
        TraceType.Pointer => sizeof(ulong),
        TraceType.Record x => x.Layout.Size,
        TraceType.Tuple x => Align(EndOf(x), AlignmentOf(x)),
        TraceType.Stack x => x.IsUser ? 16 : 8,
        TraceType.Symbol x => x.IsUser ? 16 : 8,
        TraceType.InternetAddress => 20,
        TraceType.HardwareAddress => 6,
        TraceType.Timestamp or TraceType.Named or TraceType.Code => sizeof(ulong),
        TraceType.Aggregate x => x.Of.Words * sizeof(ulong),
        _ => throw new UnreachableException($"no case for {type.GetType().Name}"),
    };

    public static int AlignmentOf(TraceType type) => type switch
    {
        TraceType.Integer or TraceType.Enumeration or TraceType.Pointer => SizeOf(type),
        TraceType.Buffer or TraceType.InternetAddress => sizeof(uint),
        TraceType.Stack or TraceType.Symbol or TraceType.Timestamp or TraceType.Named or TraceType.Code or TraceType.Aggregate or TraceType.Record => sizeof(ulong),
        TraceType.Array x => AlignmentOf(x.Element),
        TraceType.Tuple x => x.Elements.IsEmpty ? 1 : x.Elements.Max(AlignmentOf),
        _ => 1,
    };

    /// <summary>Where each element of a tuple begins.</summary>
    public static int[] OffsetsOf(TraceType.Tuple tuple)
    {
        int[] offsets = new int[tuple.Elements.Length];
        int next = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = Align(next, AlignmentOf(tuple.Elements[i]));
            next = offsets[i] + SizeOf(tuple.Elements[i]);
        }

        return offsets;
    }

    public static int Align(int offset, int alignment) => (offset + alignment - 1) / alignment * alignment;

    private static int EndOf(TraceType.Tuple tuple) =>
        tuple.Elements.IsEmpty ? 0 : OffsetsOf(tuple)[^1] + SizeOf(tuple.Elements[^1]);
}
