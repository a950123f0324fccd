// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Symbols;
using Ruche.Trace.Output;
using Ruche.Trace.Types;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace.Running;

/// <summary>Names for addresses, and the stacks that programs saved in maps of the kernel. Names are looked for when one is shown.</summary>
internal sealed class SymbolNames(BpfObject loaded, IReadOnlyDictionary<StackKind, string> stacks) : ISymbolNames, IDisposable
{
    private readonly Lazy<SymbolizerCache> _cache = new(() => new SymbolizerCache(new() { AsksRuntimes = true }));
    private ulong[] _addresses = [];
    private UnwindTables? _unwinding;

    public SymbolName? Kernel(ulong address)
    {
        try
        {
            return NameOf(_cache.Value.Kernel.Find(address));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public SymbolName? User(int process, ulong address) => NameOf(_cache.Value.UserStack(process, [address])[0]);

    public void Keep(int process)
    {
        _cache.Value.Capture(process);
        Unwinding?.Learn(process);
    }

    /// <summary>What the kernel is told to unwind stacks with; null when the script unwinds none.</summary>
    public UnwindTables? Unwinding => _unwinding ??= loaded.Maps.ContainsKey(UnwindLayout.Rows) ? new(loaded, _cache.Value) : null;

    public ReadOnlySpan<ulong> Stack(TraceType.Stack type, long id)
    {
        if (id < 0) return [];
        if (type.IsUnwound) return Read(type.Depth, UnwindFunctions.MapOf(type.Depth), MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in id)));
        uint key = (uint)id;
        var kind = StackKind.Of(type);
        if (!stacks.TryGetValue(kind, out string? name)) return [];
        return Read(kind.Words, name, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), kind.HasBuildIds ? StackKind.WordsOfPlace : 1);
    }

    // A stack that is shorter than it may be ends with an address, or a status, of zero.
    private ReadOnlySpan<ulong> Read(int size, string name, scoped ReadOnlySpan<byte> key, int step = 1)
    {
        if (_addresses.Length < size) _addresses = new ulong[size];
        var found = _addresses.AsSpan(0, size);
        found.Clear();
        var map = loaded.Map(name);
        if (!map.TryLookup(key, MemoryMarshal.AsBytes(found))) return [];
        int end = 0;
        while (end < size && (step > 1 ? (uint)found[end] : found[end]) != 0) end += step;
        return found[..end];
    }

    public void Dispose()
    {
        _unwinding?.Dispose();
        if (_cache.IsValueCreated) _cache.Value.Dispose();
    }

    private static SymbolName? NameOf(Frame frame) => frame.Name is { } name ? new(name, frame.Offset, frame.Module) : null;
}
