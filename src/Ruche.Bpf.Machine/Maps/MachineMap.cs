// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>
/// A map of this process, with the semantics, flags and error numbers of the kernel's. Safe for use from several threads. Typed views of
/// it are those of live maps: <see cref="BpfHashMap{TKey, TValue}"/>, <see cref="BpfArray{T}"/> and so on. Its memory lives as long as a program or anyone else refers to
/// it; disposing it only ends its use from outside of programs.
/// </summary>
public abstract partial class MachineMap : IBpfMap, IDisposable
{
    private bool _isDisposed;

    private protected MachineMap(MapSpec spec, int cpuCount)
    {
        (Name, Type, KeySize, ValueSize, MaxEntries, Flags, CpuCount) = (spec.Name, spec.Type, spec.KeySize, spec.ValueSize, spec.MaxEntries, spec.Flags, cpuCount);
        ValueBufferSize = spec.Type.ValueBufferSize(spec.ValueSize, cpuCount);
        Rights = RightsOf(spec.Flags);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public MapType Type { get; }

    /// <inheritdoc/>
    public int KeySize { get; }

    /// <inheritdoc/>
    public int ValueSize { get; }

    /// <inheritdoc/>
    public int ValueBufferSize { get; }

    /// <inheritdoc/>
    public uint MaxEntries { get; }

    /// <inheritdoc/>
    public MapFlags Flags { get; }

    /// <inheritdoc/>
    public int CpuCount { get; }

    /// <summary>Whether the map may no longer be changed from outside of programs.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The number of the map in this process: what maps of maps are given and answer with.</summary>
    public uint Id => MachineObjects.IdOf(this);

    /// <inheritdoc/>
    public MapEntries Entries => new(this);

    /// <summary>What programs may do with values.</summary>
    internal MemoryRights Rights { get; }

    /// <summary>Forbids all but programs to change the map from now on.</summary>
    /// <exception cref="BpfException">EPERM: it is already, or was made so that only programs change it.</exception>
    public void Freeze()
    {
        if (!MayWrite) throw new BpfException($"freeze map '{Name}'", Errno.EPERM);
        IsFrozen = true;
    }

    /// <inheritdoc/>
    public Errno TryLookup(ReadOnlySpan<byte> key, Span<byte> value, bool locked = false)
    {
        CheckKey(key);
        CheckValue(value);
        if (!MayRead) return Errno.EPERM;
        return locked ? Errno.EINVAL : ReadEntry(key, value);
    }

    /// <inheritdoc/>
    public Errno TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Any)
    {
        CheckKey(key);
        CheckValue(value);
        if (!MayWrite) return Errno.EPERM;
        return mode.HasFlag(UpdateMode.Locked) ? Errno.EINVAL : WriteEntry(key, value, (ulong)mode);
    }

    /// <inheritdoc/>
    public Errno TryDelete(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        return MayWrite ? RemoveEntry(key) : Errno.EPERM;
    }

    /// <inheritdoc/>
    public Errno TryNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty) CheckKey(key);
        CheckKey(next);
        return MayRead ? NextEntry(key, next) : Errno.EPERM;
    }

    /// <inheritdoc/>
    public Errno TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key);
        CheckValue(value);
        return MayRead && MayWrite ? TakeEntry(key, value) : Errno.EPERM;
    }

    BpfException IBpfMap.Explain(MapOperation operation, Errno errno) => MapRefusal.Of(this, operation, errno);

    /// <summary>Ends the use of the map from outside of programs. Programs that refer to it keep it.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        GC.SuppressFinalize(this);
    }

    private protected abstract Errno ReadEntry(ReadOnlySpan<byte> key, Span<byte> value);

    private protected abstract Errno WriteEntry(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags);

    private protected abstract Errno RemoveEntry(ReadOnlySpan<byte> key);

    private protected abstract Errno NextEntry(ReadOnlySpan<byte> key, Span<byte> next);

    private protected virtual Errno TakeEntry(ReadOnlySpan<byte> key, Span<byte> value) => Errno.ENOTSUPP;

    private bool MayRead => !Flags.HasFlag(MapFlags.WriteOnly);

    private bool MayWrite => !Flags.HasFlag(MapFlags.ReadOnly) && !IsFrozen;

    private static MemoryRights RightsOf(MapFlags flags) =>
        flags.HasFlag(MapFlags.ReadOnlyProgram) ? MemoryRights.Read
        : flags.HasFlag(MapFlags.WriteOnlyProgram) ? MemoryRights.Write
        : MemoryRights.ReadWrite;

    private void CheckKey(ReadOnlySpan<byte> key)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (key.Length != KeySize) throw WrongSize("key", key.Length, KeySize);
    }

    private void CheckValue(ReadOnlySpan<byte> value)
    {
        if (value.Length != ValueBufferSize) throw WrongSize("value", value.Length, ValueBufferSize);
    }

    private ArgumentException WrongSize(string what, int given, int wanted) =>
        new($"map '{Name}' has {what}s of {wanted} bytes, but {given} were given");
}
