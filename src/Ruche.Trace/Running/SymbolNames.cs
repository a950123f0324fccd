// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Symbols;
using Ruche.Trace.Output;
using Ruche.Trace.Types;

namespace Ruche.Trace.Running;

/// <summary>Names for addresses, and the stacks that programs saved in maps of the kernel. Names are looked for when one is shown.</summary>
internal sealed class SymbolNames(BpfObject loaded, IReadOnlyDictionary<(bool IsUser, int Depth), string> stacks) : ISymbolNames, IDisposable
{
    private readonly Lazy<SymbolizerCache> _cache = new(() => new SymbolizerCache(new() { AsksRuntimes = true }));
    private ulong[] _addresses = [];

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

    public void Keep(int process) => _cache.Value.Capture(process);

    public ReadOnlySpan<ulong> Stack(TraceType.Stack type, long id)
    {
        if (id < 0 || !stacks.TryGetValue((type.IsUser, type.Depth), out string? name)) return [];
        if (_addresses.Length < type.Depth) _addresses = new ulong[type.Depth];
        var found = _addresses.AsSpan(0, type.Depth);
        found.Clear();
        uint key = (uint)id;
        var map = loaded.Map(name);
        if (!map.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)), MemoryMarshal.AsBytes(found))) return [];
        int end = found.IndexOf(0UL);
        return end < 0 ? found : found[..end];
    }

    public void Dispose()
    {
        if (_cache.IsValueCreated) _cache.Value.Dispose();
    }

    private static SymbolName? NameOf(Frame frame) => frame.Name is { } name ? new(name, frame.Offset, frame.Module) : null;
}
