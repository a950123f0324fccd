// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;

namespace Ruche.Bpf.Machine.Memory;

/// <summary>
/// The maps that programs of a machine may hold, and the values that stand for them: addresses that no memory has, so that reading through
/// one is a fault. Maps that are put into other maps join later; none leaves.
/// </summary>
internal sealed class MapTable
{
    // Not canonical on any 64-bit processor.
    private const ulong Base = 0x0bf1_0000_0000_0000;

    private readonly Lock _lock = new();
    private MachineMap[] _maps = [];

    /// <summary>All of them.</summary>
    public ReadOnlySpan<MachineMap> All => _maps;

    /// <summary>The value that stands for a map.</summary>
    public ulong AddressOf(MachineMap map)
    {
        lock (_lock)
        {
            int index = Array.IndexOf(_maps, map);
            if (index >= 0) return Base + (ulong)index;
            _maps = [.. _maps, map];
            return Base + (ulong)(_maps.Length - 1);
        }
    }

    /// <summary>The map that a value stands for; null for any other value.</summary>
    public MachineMap? At(ulong address)
    {
        var maps = _maps;
        return address - Base < (ulong)maps.Length ? maps[address - Base] : null;
    }
}
