// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on checksums, of headers and of memory.</summary>
internal static class ChecksumHelpers
{
    private const ulong SizeMask = 0xf;
    private const ulong PseudoHeader = 1 << 4;
    private const ulong ZeroMeansNone = 1 << 5;
    private const ulong EvenWhenNone = 1 << 6;
    private const ulong OverIpv6 = 1 << 7;

    public static HelperTable AddTo(HelperTable table) => table.With(HelperId.CsumDiff, Difference);

    public static HelperTable AddForBuffersTo(HelperTable table) => AddTo(table)
        .With(HelperId.L3CsumReplace, ReplaceNetwork)
        .With(HelperId.L4CsumReplace, ReplaceTransport)
        // No card has summed up the packets of this machine.
        .With(HelperId.CsumUpdate, static (in HelperCall _) => Answers.Of(Errno.ENOTSUPP))
        .With(HelperId.CsumLevel, static (in HelperCall call) => call.Second == 0 ? Answers.Of(Errno.EACCES) : 0);

    private static ulong Difference(in HelperCall call)
    {
        var from = call.Read(call.First, Answers.Length((uint)call.Second, call.First));
        var to = call.Read(call.Third, Answers.Length((uint)call.Fourth, call.Third));
        uint seed = (uint)call.Fifth;
        if ((from.Length | to.Length) % sizeof(uint) != 0) return Answers.Of(Errno.EINVAL);
        if (from.IsEmpty && to.IsEmpty) return seed;
        uint sum = to.IsEmpty ? ~Checksum.Of(from, ~seed) : Checksum.Of(to, seed);
        if (!from.IsEmpty && !to.IsEmpty) sum = Checksum.Subtract(sum, Checksum.Of(from, 0));
        return Checksum.FoldPlain(sum);
    }

    private static ulong ReplaceNetwork(in HelperCall call)
    {
        if ((call.Fifth & ~SizeMask) != 0) return Answers.Of(Errno.EINVAL);
        if (!TryField(call, out var field)) return Answers.Of(Errno.EFAULT);
        return Replace(call, field) ? 0 : Answers.Of(Errno.EINVAL);
    }

    private static ulong ReplaceTransport(in HelperCall call)
    {
        bool zeroMeansNone = (call.Fifth & ZeroMeansNone) != 0;
        if ((call.Fifth & ~(SizeMask | PseudoHeader | ZeroMeansNone | EvenWhenNone | OverIpv6)) != 0) return Answers.Of(Errno.EINVAL);
        if (!TryField(call, out var field)) return Answers.Of(Errno.EFAULT);
        if (zeroMeansNone && (call.Fifth & EvenWhenNone) == 0 && field.IndexOfAnyExcept((byte)0) < 0) return 0;
        if (!Replace(call, field)) return Answers.Of(Errno.EINVAL);
        if (zeroMeansNone && field.IndexOfAnyExcept((byte)0) < 0) field.Fill(0xff);
        return 0;
    }

    private static bool Replace(in HelperCall call, Span<byte> field)
    {
        ushort sum = BinaryPrimitives.ReadUInt16LittleEndian(field);
        ushort? replaced = (call.Fifth & SizeMask) switch
        {
            0 when call.Third == 0 => Checksum.ReplaceByDifference(sum, (uint)call.Fourth),
            2 => Checksum.Replace2(sum, (ushort)call.Third, (ushort)call.Fourth),
            4 => Checksum.Replace4(sum, (uint)call.Third, (uint)call.Fourth),
            _ => null,
        };
        if (replaced is not { } value) return false;
        BinaryPrimitives.WriteUInt16LittleEndian(field, value);
        return true;
    }

    private static bool TryField(in HelperCall call, out Span<byte> field)
    {
        var packet = call.Run.Packet!.Bytes;
        uint offset = (uint)call.Second;
        field = default;
        if (offset > ushort.MaxValue || offset % 2 != 0 || offset + sizeof(ushort) > packet.Length) return false;
        field = packet.Slice((int)offset, sizeof(ushort));
        return true;
    }
}
