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

    /// <summary>Which bytes of values are not the user's.</summary>
    private protected ValueLayout Layout { get; private set; } = ValueLayout.Plain;

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
        var errno = !locked ? ReadEntry(key, value) : Layout.LockOffset is { } offset ? ReadLocked(key, value, offset) : Errno.EINVAL;
        GC.KeepAlive(this); // its memory goes when nothing refers to the map any more, and this use may be the last
        return errno;
    }

    /// <inheritdoc/>
    public Errno TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Any)
    {
        CheckKey(key);
        CheckValue(value);
        if (!MayWrite) return Errno.EPERM;
        var errno = IsLocked((ulong)mode) && Layout.LockOffset is null ? Errno.EINVAL : WriteEntry(key, value, (ulong)mode);
        GC.KeepAlive(this);
        return errno;
    }

    /// <inheritdoc/>
    public Errno TryDelete(ReadOnlySpan<byte> key)
    {
        CheckKey(key);
        var errno = MayWrite ? RemoveEntry(key) : Errno.EPERM;
        GC.KeepAlive(this);
        return errno;
    }

    /// <inheritdoc/>
    public Errno TryNextKey(ReadOnlySpan<byte> key, Span<byte> next)
    {
        if (!key.IsEmpty) CheckKey(key);
        CheckKey(next);
        var errno = MayRead ? NextEntry(key, next) : Errno.EPERM;
        GC.KeepAlive(this);
        return errno;
    }

    /// <inheritdoc/>
    public Errno TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key);
        CheckValue(value);
        var errno = MayRead && MayWrite ? TakeEntry(key, value) : Errno.EPERM;
        GC.KeepAlive(this);
        return errno;
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

    private Errno ReadLocked(ReadOnlySpan<byte> key, Span<byte> value, int lockOffset)
    {
        nint place = Lookup(key, 0);
        if (place == 0) return Errno.ENOENT;
        if (!ValueLock.TryTake(place + lockOffset, out var held)) return Errno.EBUSY;
        using (held) Layout.Read(ValueAt(place), value);
        return Errno.None;
    }

    private bool MayRead => (Flags & MapFlags.WriteOnly) == 0;

    private bool MayWrite => (Flags & MapFlags.ReadOnly) == 0 && !IsFrozen;

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
