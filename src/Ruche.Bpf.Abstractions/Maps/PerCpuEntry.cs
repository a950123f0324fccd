// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Maps;

/// <summary>One entry of a per-CPU map, valid until the enumeration moves on.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TValue">The type of a value.</typeparam>
public readonly ref struct PerCpuEntry<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    internal PerCpuEntry(TKey key, PerCpuValues<TValue> values)
    {
        Key = key;
        Values = values;
    }

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The values, one for each possible CPU.</summary>
    public PerCpuValues<TValue> Values { get; }

    /// <summary>Takes the entry apart, as <c>foreach (var (key, values) in map)</c> does.</summary>
    public void Deconstruct(out TKey key, out PerCpuValues<TValue> values)
    {
        key = Key;
        values = Values;
    }
}
