// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Tests.Maps;

/// <summary>A map of the kernel and one of the machine, made alike, to which the same is done; their answers are to be the same.</summary>
internal sealed class TwinMaps : IDisposable
{
    private readonly List<string> _history = [];

    public TwinMaps(MapSpec spec)
    {
        KernelMaps.SkipWithoutKernel();
        Kernel = BpfMap.Create(spec);
        Machine = MachineMap.Create(spec, Kernel.CpuCount);
    }

    public TwinMaps(BpfMap kernel, MachineMap machine) => (Kernel, Machine) = (kernel, machine);

    public IBpfMap Kernel { get; }

    public MachineMap Machine { get; }

    public void Lookup(ReadOnlySpan<byte> key, bool locked = false)
    {
        (byte[] kernel, byte[] machine) = (new byte[Kernel.ValueBufferSize], new byte[Kernel.ValueBufferSize]);
        var expected = Kernel.TryLookup(key, kernel, locked);
        var answer = Machine.TryLookup(key, machine, locked);
        Compare($"lookup {Text(key)}{(locked ? " locked" : "")}", expected, kernel, answer, machine);
    }

    public void Take(ReadOnlySpan<byte> key)
    {
        (byte[] kernel, byte[] machine) = (new byte[Kernel.ValueBufferSize], new byte[Kernel.ValueBufferSize]);
        var expected = Kernel.TryLookupAndDelete(key, kernel);
        Compare($"take {Text(key)}", expected, kernel, Machine.TryLookupAndDelete(key, machine), machine);
    }

    public void Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode) =>
        Compare($"update {Text(key)} to {Text(value)} {mode}", Kernel.TryUpdate(key, value, mode), [], Machine.TryUpdate(key, value, mode), []);

    public void Delete(ReadOnlySpan<byte> key) => Compare($"delete {Text(key)}", Kernel.TryDelete(key), [], Machine.TryDelete(key), []);

    /// <summary>The next key is to be the same.</summary>
    public void Next(ReadOnlySpan<byte> key)
    {
        (byte[] kernel, byte[] machine) = (new byte[Kernel.KeySize], new byte[Kernel.KeySize]);
        var expected = Kernel.TryNextKey(key, kernel);
        Compare($"next {Text(key)}", expected, kernel, Machine.TryNextKey(key, machine), machine);
    }

    /// <summary>The keys and values are to be the same, in any order.</summary>
    public void Walk()
    {
        string[] expected = [.. Entries(Kernel).Order(StringComparer.Ordinal)];
        string[] found = [.. Entries(Machine).Order(StringComparer.Ordinal)];
        Assert.True(expected.SequenceEqual(found), $"walk: {string.Join(' ', found)}, not {string.Join(' ', expected)}\n{History}");
    }

    public void Dispose()
    {
        ((BpfMap)Kernel).Dispose();
        Machine.Dispose();
    }

    private string History => string.Join('\n', _history.TakeLast(12));

    private static IEnumerable<string> Entries(IBpfMap map)
    {
        byte[] key = new byte[map.KeySize], value = new byte[map.ValueBufferSize];
        for (var errno = map.TryNextKey(default, key); errno is Errno.None; errno = map.TryNextKey(key, key))
        {
            Assert.Equal(Errno.None, map.TryLookup(key, value));
            yield return $"{Text(key)}={Text(value)}";
        }
    }

    private void Compare(string what, Errno expected, byte[] expectedBytes, Errno found, byte[] foundBytes)
    {
        _history.Add($"{what}: {expected} {Text(expectedBytes)}");
        bool isSame = expected == found && (expected is not Errno.None || expectedBytes.AsSpan().SequenceEqual(foundBytes));
        Assert.True(isSame, $"{Machine.Type}: {found} {Text(foundBytes)} is the machine's answer to the last of\n{History}");
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
