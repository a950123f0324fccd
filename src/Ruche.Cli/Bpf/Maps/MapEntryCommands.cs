// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>What can be done with one entry of a map that has keys.</summary>
internal static class MapEntryCommands
{
    /// <summary><c>ruche bpf map lookup</c>: writes the value of a key; fails when it is not there.</summary>
    public static int Lookup(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        byte[] key = TakeKey(call.Words, map);
        byte[] value = new byte[map.ValueBufferSize];
        if (map.Type is MapType.BloomFilter) return MayContain(call.Words, map, value);
        call.Words.End();
        if (!map.TryLookup(key, value)) throw NoSuchKey(map);
        using IEntryOutput output = EntryOutput.Open(map, call.Format, isSingle: true);
        output.Write(key, value);
        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map update</c>: stores a value under a key.</summary>
    public static int Update(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        byte[] key = TakeKey(call.Words, map);
        byte[] value = EntryValue.Take(call.Words, map, out IDisposable? held);
        using (held)
        {
            UpdateMode mode = TakeMode(call.Words);
            call.Words.End();
            map.Update(key, value, mode);
        }

        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map delete</c>: removes a key; fails when it is not there.</summary>
    public static int Delete(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        byte[] key = TakeKey(call.Words, map);
        call.Words.End();
        if (!map.Delete(key)) throw NoSuchKey(map);
        return ExitCode.Done;
    }

    /// <summary><c>ruche bpf map getnext</c>: writes the key after another, or the first; fails when there are no more.</summary>
    public static int GetNext(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        byte[] key = call.Words.IsEmpty ? [] : TakeKey(call.Words, map);
        call.Words.End();
        byte[] next = new byte[RequireKeys(map).KeySize];
        if (!map.TryNextKey(key, next)) throw new CommandFailure(ExitCode.Failed, $"map '{map.Name}' has no {(key.Length == 0 ? "keys" : "key after that one")}");
        if (call.Format is OutputFormat.Text) WriteText(next);
        else ListingOutput.WriteJson(json => WriteKeys(json, key, next));
        return ExitCode.Done;
    }

    private static int MayContain(CommandWords words, BpfMap map, byte[] value)
    {
        EntryValue.Take(words, map, out _).CopyTo(value, 0);
        words.End();
        bool isThere = map.TryLookup([], value);
        Console.Out.WriteLine(isThere ? "maybe" : "no");
        return isThere ? ExitCode.Done : ExitCode.Failed;
    }

    private static byte[] TakeKey(CommandWords words, BpfMap map)
    {
        if (map.KeySize == 0) return [];
        if (!words.TryTake("key")) throw words.Refuse("the key is missing");
        MapTypes? types = MapTypes.Of(map);
        return EntryWords.Read(words, words.TakeUntil("value", "any", "exist", "noexist"), map.KeySize, "key", types, types?.Key ?? 0);
    }

    private static UpdateMode TakeMode(CommandWords words) => words.Peek switch
    {
        "any" when words.TryTake("any") => UpdateMode.Any,
        "exist" when words.TryTake("exist") => UpdateMode.Replace,
        "noexist" when words.TryTake("noexist") => UpdateMode.Add,
        _ => UpdateMode.Any,
    };

    private static BpfMap RequireKeys(BpfMap map) =>
        map.KeySize > 0 ? map : throw new CommandFailure(ExitCode.Usage, $"map '{map.Name}' is a {map.Type.KernelName()}, which has no keys");

    private static CommandFailure NoSuchKey(BpfMap map) => new(ExitCode.Failed, $"map '{map.Name}' has no such key");

    private static void WriteText(byte[] next)
    {
        Console.Out.WriteLine($"next key: {Convert.ToHexStringLower(next).Chunk(2).Select(pair => new string(pair)).Aggregate((a, b) => $"{a} {b}")}");
    }

    private static void WriteKeys(Utf8JsonWriter json, byte[] key, byte[] next)
    {
        json.WriteStartObject();
        if (key.Length == 0) json.WriteNull("key");
        else JsonBytes.Write(json, "key", key);
        JsonBytes.Write(json, "next_key", next);
        json.WriteEndObject();
    }
}
