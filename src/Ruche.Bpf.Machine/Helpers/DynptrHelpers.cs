// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers and functions of the kernel on dynamic pointers: to memory, to records of ring buffers, and to packets.</summary>
internal static unsafe class DynptrHelpers
{
    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.DynptrFromMem, FromMemory)
        .With(HelperId.RingbufReserveDynptr, Reserve)
        .With(HelperId.RingbufSubmitDynptr, static (in HelperCall call) => Finish(call, discards: false))
        .With(HelperId.RingbufDiscardDynptr, static (in HelperCall call) => Finish(call, discards: true))
        .With(HelperId.DynptrRead, Read)
        .With(HelperId.DynptrWrite, Write)
        .With(HelperId.DynptrData, GetData)
        .With("bpf_dynptr_slice", static (in HelperCall call) => Slice(call, writes: false))
        .With("bpf_dynptr_slice_rdwr", static (in HelperCall call) => Slice(call, writes: true))
        .With("bpf_dynptr_adjust", Adjust)
        .With("bpf_dynptr_is_null", static (in HelperCall call) => At(call, call.First).IsNull ? 1ul : 0)
        .With("bpf_dynptr_is_rdonly", static (in HelperCall call) => !At(call, call.First).IsNull && At(call, call.First).IsReadOnly ? 1ul : 0)
        .With("bpf_dynptr_size", static (in HelperCall call) => At(call, call.First).IsNull ? Answers.Of(Errno.EINVAL) : At(call, call.First).Length)
        .With("bpf_dynptr_clone", Clone);

    public static HelperTable AddForPacketsTo(HelperTable table) => table
        .With("bpf_dynptr_from_xdp", FromPacket)
        .With("bpf_dynptr_from_skb", FromPacket);

    /// <summary>Calls a function of the program with a pointer to a region, for as long as it runs.</summary>
    public static ulong InvokeWith(in HelperCall call, ulong function, in MemoryRegion region, ulong context)
    {
        byte* bytes = stackalloc byte[Dynptr.Size];
        // SAFETY: the program reaches the pointer while the function runs, and not afterwards.
        Dynptr pointer = new(new(bytes, Dynptr.Size));
        pointer.Set(region.Start, (uint)region.Length, isReadOnly: true);
        call.Run.Memory.Add(new("dynptr", (ulong)bytes, Dynptr.Size, MemoryRights.Read));
        ulong result = call.Invoke(function, (ulong)bytes, context);
        call.Run.Memory.Remove((ulong)bytes);
        return result;
    }

    private static Dynptr At(in HelperCall call, ulong address) => new(call.Run.Memory.Span(address, Dynptr.Size, MemoryRights.Read));

    private static Dynptr Target(in HelperCall call, ulong address) => new(call.Write(address, Dynptr.Size));

    private static ulong FromMemory(in HelperCall call)
    {
        var pointer = Target(call, call.Fourth);
        pointer.Clear();
        if (call.Second > Dynptr.MaxLength) return Answers.Of(Errno.E2BIG);
        if (call.Third != 0) return Answers.Of(Errno.EINVAL);
        call.Read(call.First, (int)call.Second);
        pointer.Set(call.First, (uint)call.Second);
        return 0;
    }

    private static ulong FromPacket(in HelperCall call)
    {
        var pointer = Target(call, call.Third);
        pointer.Clear();
        if (call.Second != 0) return Answers.Of(Errno.EINVAL);
        pointer.Set(0, (uint)call.Run.Packet!.Length, isPacket: true);
        return 0;
    }

    private static ulong Reserve(in HelperCall call)
    {
        var pointer = Target(call, call.Fourth);
        pointer.Clear();
        if (call.Third != 0) return Answers.Of(Errno.EINVAL);
        if ((uint)call.Second > Dynptr.MaxLength) return Answers.Of(Errno.E2BIG);
        nint record = RingHelpers.Ring(call, call.First).Reserve((uint)call.Second, 0);
        if (record == 0) return Answers.Of(Errno.EINVAL);
        pointer.Set((ulong)record, (uint)call.Second);
        return 0;
    }

    private static ulong Finish(in HelperCall call, bool discards)
    {
        var pointer = Target(call, call.First);
        if (pointer.IsNull) return 0;
        RingHelpers.Finish(call, pointer.Data, discards);
        pointer.Clear();
        return 0;
    }

    private static ulong Read(in HelperCall call)
    {
        var target = call.Write(call.First, Answers.Length((uint)call.Second, call.First));
        var pointer = At(call, call.Third);
        if (pointer.IsNull || call.Fifth != 0) return Answers.Of(Errno.EINVAL);
        if (pointer.Check((uint)call.Fourth, (uint)target.Length) is not Errno.None and var errno) return Answers.Of(errno);
        Bytes(call, pointer, (uint)call.Fourth, (uint)target.Length, MemoryRights.Read).CopyTo(target);
        return 0;
    }

    private static ulong Write(in HelperCall call)
    {
        var pointer = At(call, call.First);
        var source = call.Read(call.Third, Answers.Length((uint)call.Fourth, call.Third));
        if (pointer.IsNull || pointer.IsReadOnly || (call.Fifth != 0 && !pointer.IsPacket)) return Answers.Of(Errno.EINVAL);
        if (pointer.Check((uint)call.Second, (uint)source.Length) is not Errno.None and var errno) return Answers.Of(errno);
        source.CopyTo(Bytes(call, pointer, (uint)call.Second, (uint)source.Length, MemoryRights.Write));
        return 0;
    }

    private static ulong GetData(in HelperCall call)
    {
        var pointer = At(call, call.First);
        if (pointer.IsNull || pointer.IsReadOnly || pointer.IsPacket || pointer.Check((uint)call.Second, (uint)call.Third) is not Errno.None) return 0;
        return pointer.Data + pointer.Offset + (uint)call.Second;
    }

    private static ulong Slice(in HelperCall call, bool writes)
    {
        var pointer = At(call, call.First);
        if (pointer.IsNull || (writes && pointer.IsReadOnly) || pointer.Check((uint)call.Second, (uint)call.Fourth) is not Errno.None) return 0;
        return Start(call, pointer) + pointer.Offset + (uint)call.Second;
    }

    private static ulong Adjust(in HelperCall call)
    {
        var pointer = Target(call, call.First);
        uint start = (uint)call.Second, end = (uint)call.Third;
        if (pointer.IsNull || start > end) return Answers.Of(Errno.EINVAL);
        if (start > pointer.Length || end > pointer.Length) return Answers.Of(Errno.ERANGE);
        pointer.Offset += start;
        pointer.SetLength(end - start);
        return 0;
    }

    private static ulong Clone(in HelperCall call)
    {
        var copy = Target(call, call.Second);
        var pointer = At(call, call.First);
        copy.Clear();
        if (pointer.IsNull) return Answers.Of(Errno.EINVAL);
        pointer.CopyTo(copy);
        return 0;
    }

    private static ulong Start(in HelperCall call, Dynptr pointer) => pointer.IsPacket ? call.Run.Packet?.Data ?? 0 : pointer.Data;

    private static Span<byte> Bytes(in HelperCall call, Dynptr pointer, uint offset, uint length, MemoryRights rights) =>
        call.Run.Memory.Span(Start(call, pointer) + pointer.Offset + offset, (int)length, rights);
}
