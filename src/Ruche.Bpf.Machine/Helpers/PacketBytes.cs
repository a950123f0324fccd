// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Copies between a packet and the program's memory.</summary>
internal static class PacketBytes
{
    public static ulong Load(in HelperCall call, uint offset, ulong to, uint length, bool clears)
    {
        var target = call.Write(to, Answers.Length(length, to));
        var packet = call.Run.Packet!.Bytes;
        if (offset > int.MaxValue || offset + (ulong)length > (ulong)packet.Length)
        {
            if (clears) target.Clear();
            return Answers.Of(clears || offset > ushort.MaxValue ? Errno.EFAULT : Errno.EINVAL);
        }

        packet.Slice((int)offset, (int)length).CopyTo(target);
        return 0;
    }

    public static ulong Store(in HelperCall call, uint offset, ulong from, uint length)
    {
        var source = call.Read(from, Answers.Length(length, from));
        var packet = call.Run.Packet!.Bytes;
        if (offset > int.MaxValue || offset + (ulong)length > (ulong)packet.Length) return Answers.Of(call.Run.Context!.Data is Contexts.ContextData.Xdp && offset <= ushort.MaxValue ? Errno.EINVAL : Errno.EFAULT);
        source.CopyTo(packet[(int)offset..]);
        return 0;
    }
}
