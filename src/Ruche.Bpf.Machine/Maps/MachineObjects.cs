// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Numbers of maps and programs of this process, which stand for them where the kernel has descriptors and ids.</summary>
internal static class MachineObjects
{
    private static readonly ConditionalWeakTable<object, Number> Numbers = [];
    private static readonly ConcurrentDictionary<uint, WeakReference<object>> Objects = [];
    private static uint _last;

    public static uint IdOf(object target) => Numbers.GetValue(target, static target =>
    {
        Number number = new(Interlocked.Increment(ref _last));
        Objects[number.Value] = new(target);
        return number;
    }).Value;

    public static object? Find(uint id) => Objects.TryGetValue(id, out var found) && found.TryGetTarget(out object? target) ? target : null;

    private sealed class Number(uint value)
    {
        public uint Value => value;

        ~Number() => Objects.TryRemove(value, out _);
    }
}
