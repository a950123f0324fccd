// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>What can be done with queues and stacks.</summary>
internal static class KeylessCommands
{
    /// <summary><c>ruche bpf map push</c> and <c>enqueue</c>: adds a value.</summary>
    public static int Push(Invocation call)
    {
        using BpfMap map = Open(call.Words);
        byte[] value = EntryValue.Take(call.Words, map, out _);
        call.Words.End();
        map.Update([], value);
        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map peek</c>: writes the next value and leaves it there; fails when there is none.</summary>
    public static int Peek(Invocation call) => Take(call, (map, value) => map.TryLookup([], value));

    /// <summary><c>ruche bpf map pop</c> and <c>dequeue</c>: takes the next value out; fails when there is none.</summary>
    public static int Pop(Invocation call) => Take(call, (map, value) => map.TryLookupAndDelete([], value));

    private static int Take(Invocation call, Func<BpfMap, byte[], bool> take)
    {
        using BpfMap map = Open(call.Words);
        call.Words.End();
        byte[] value = new byte[map.ValueBufferSize];
        if (!take(map, value)) throw new CommandFailure(ExitCode.Failed, $"map '{map.Name}' is empty");
        using IEntryOutput output = EntryOutput.Open(map, call.Format, isSingle: true);
        output.Write([], value);
        return ExitCode.Done;
    }

    private static BpfMap Open(CommandWords words)
    {
        BpfMap map = MapSelection.TakeOne(words);
        if (map.KeySize == 0 && map.Type is MapType.Queue or MapType.Stack or MapType.BloomFilter) return map;
        string name = map.Name;
        string type = map.Type.KernelName();
        map.Dispose();
        throw new CommandFailure(ExitCode.Usage, $"map '{name}' is a {type}; only queues and stacks can do this, others take lookup, update and delete");
    }
}
