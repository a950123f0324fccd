// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on maps.</summary>
internal static unsafe class MapHelpers
{
    /// <summary>The helper that machine code may have a short way for.</summary>
    public static MachineHelper LookupElement { get; } = Lookup;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.MapLookupElem, LookupElement)
        .With(HelperId.MapLookupPercpuElem, LookupOnCpu)
        .With(HelperId.MapUpdateElem, Update)
        .With(HelperId.MapDeleteElem, Delete)
        .With(HelperId.MapPushElem, Push)
        .With(HelperId.MapPopElem, Pop)
        .With(HelperId.MapPeekElem, Peek)
        .With(HelperId.ForEachMapElem, ForEach)
        .With(HelperId.TailCall, TailCall);

    private static ulong Lookup(in HelperCall call) => Lookup(call, call.Environment.Cpu);

    private static ulong LookupOnCpu(in HelperCall call) => call.Third < (ulong)call.Environment.CpuCount ? Lookup(call, (int)call.Third) : 0;

    private static ulong Lookup(in HelperCall call, int cpu)
    {
        var map = call.Map(call.First);
        var key = call.Read(call.Second, map.KeySize);
        if (map.Type is not (MapType.ArrayOfMaps or MapType.HashOfMaps))
        {
            ulong value = (ulong)map.Lookup(key, cpu);
            if (value != 0) call.Run.Expect(value, map.ValueSize, map.Rights);
            return value;
        }

        return map.Target(key) is MachineMap inner ? call.Environment.Memory.Maps.AddressOf(inner) : 0;
    }

    private static ulong Update(in HelperCall call)
    {
        var map = call.MapToChange();
        return Answers.Of(map.Update(call.Read(call.Second, map.KeySize), call.Read(call.Third, map.ValueSize), call.Fourth, call.Environment.Cpu));
    }

    private static ulong Delete(in HelperCall call)
    {
        var map = call.MapToChange();
        return Answers.Of(map.Delete(call.Read(call.Second, map.KeySize)));
    }

    private static ulong Push(in HelperCall call)
    {
        var map = call.MapToChange();
        return Answers.Of(map.Push(call.Read(call.Second, map.ValueSize), call.Third));
    }

    private static ulong Pop(in HelperCall call)
    {
        var map = call.MapToChange();
        return Answers.Of(map.Pop(call.Write(call.Second, map.ValueSize)));
    }

    private static ulong Peek(in HelperCall call)
    {
        var map = call.Map(call.First);
        return Answers.Of(map.Peek(call.Write(call.Second, map.ValueSize)));
    }

    private static ulong ForEach(in HelperCall call)
    {
        if (call.Fourth != 0) return Answers.Of(Errno.EINVAL);
        var map = call.Map(call.First);
        ulong count = 0;
        foreach (var (key, value) in map.Elements(call.Environment.Cpu))
        {
            count++;
            // SAFETY: the key stays where it is while the function runs, and is out of reach afterwards.
            fixed (byte* start = key)
            {
                call.Run.Memory.Add(new("key", (ulong)start, (ulong)key.Length, MemoryRights.Read));
                ulong stop = call.Invoke(call.Second, call.First, (ulong)start, (ulong)value, call.Third);
                call.Run.Memory.Remove((ulong)start);
                call.Run.ForgetRegions();
                if (stop != 0) break;
            }
        }

        return count;
    }

    private static ulong TailCall(in HelperCall call)
    {
        var map = call.Map(call.Second);
        uint index = (uint)call.Third;
        if (map.Target(new(&index, sizeof(uint))) is not MachineProgram target) return Answers.Of(Errno.ENOENT);
        return call.Run.TailCall(target, call.First, out ulong result) ? result : Answers.Of(Errno.ELOOP);
    }
}
